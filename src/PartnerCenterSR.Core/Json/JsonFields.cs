using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PartnerCenterSR.Core.Json;

/// <summary>
/// The properties of an object as the service writes them: names in any case, null and missing alike, numbers for words. Each
/// name is read once, for names cost.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _values;

    /// <param name="element">The object.</param>
    /// <param name="expected">How many properties it may have; more are no mistake.</param>
    public JsonFields(JsonElement element, int expected = 4)
    {
        _values = new(expected, StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                _values[NameOf(property)] = property.Value;
            }
        }
    }

    /// <summary>A name with half a surrogate pair, which the reader refuses, is a name that nobody asks for.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return string.Empty;
        }
    }

    /// <summary>All properties that have a value.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _values;

    public bool TryGet(string name, out JsonElement value) => _values.TryGetValue(name, out value);

    /// <summary>The text of a string, number or truth value. Null: missing, null, or not a single value.</summary>
    public string? Text(string name) => TryGet(name, out JsonElement value) ? value.AsText() : null;

    /// <summary>The object by that name. Null: there is none.</summary>
    public JsonFields? Object(string name) => TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? new(value) : null;

    /// <summary>The items of the list by that name. Empty: there is none.</summary>
    public IEnumerable<JsonElement> List(string name) =>
        TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
