using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PartnerCenterSR.Core.Json;

/// <summary>Reading as the service writes: names in any case, nulls and missing alike, numbers for words.</summary>
internal static class JsonElementExtensions
{
    public static bool TryGet(this JsonElement element, string name, out JsonElement value)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
            }
        }

        value = default;
        return false;
    }

    /// <summary>The text of a string, number or truth value. Null: missing, null, or not a single value.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGet(name, out JsonElement value) ? value.AsText() : null;

    public static string? AsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>The value as plain .NET objects: text, long, double, bool, lists and dictionaries.</summary>
    public static object? AsObject(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(AsObject).ToArray(),
        JsonValueKind.Object => value.AsDictionary(),
        _ => null,
    };

    public static IReadOnlyDictionary<string, object?> AsDictionary(this JsonElement value)
    {
        Dictionary<string, object?> result = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            result[property.Name] = property.Value.AsObject();
        }

        return result;
    }
}
