using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PartnerCenterSR.Core.Json;

/// <summary>Values as plain .NET objects.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The text of a string, number or truth value. Null: anything else.</summary>
    public static string? AsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.AsString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>The value as plain .NET objects: text, long, double, bool, lists and dictionaries.</summary>
    public static object? AsObject(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.AsString(),
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
            result[JsonFields.NameOf(property)] = property.Value.AsObject();
        }

        return result;
    }

    /// <summary>The text of a string; one with half a surrogate pair, which the reader refuses, as it is written.</summary>
    private static string? AsString(this JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"');
        }
    }
}
