using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Emulator;

/// <summary>Reads requests as the service writes them, and as ConvertTo-Json writes those of this module, in either edition.</summary>
internal static class RequestReader
{
    private static readonly Regex OldDate = new(@"^/Date\((-?\d+)\)/$", RegexOptions.CultureInvariant);
    private static readonly string[] Additions = ["statusText", "severityText", "customerId", "additionalProperties"];

    /// <exception cref="InvalidDataException">The file holds no requests.</exception>
    public static JsonArray ReadFile(string path)
    {
        try
        {
            JsonNode? root = JsonNode.Parse(File.ReadAllText(path));
            return root switch
            {
                JsonArray array => array,
                JsonObject page when List(Camel(page)["items"]) is { } items => items,
                JsonObject single => [single.DeepClone()],
                _ => throw new InvalidDataException("neither an object nor a list"),
            };
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    public static JsonObject Read(JsonObject json)
    {
        JsonObject request = Camel(json);
        string? status = Word(request, "status", Words.Statuses, "none");
        string? severity = Word(request, "severity", Words.Severities, "unknown");
        JsonObject? additions = request["additionalProperties"] as JsonObject;
        foreach (string name in Additions)
        {
            request.Remove(name);
        }

        foreach (string name in additions?.Select(property => property.Key).ToArray() ?? [])
        {
            request[name] = additions![name]?.DeepClone();
        }

        request["id"] = request["id"]?.ToString();
        request["status"] = status;
        request["severity"] = severity;
        request["notes"] = List(request["notes"])?.DeepClone() ?? new JsonArray();
        foreach (string name in new[] { "createdDate", "lastModifiedDate", "lastClosedDate" })
        {
            request[name] = Date(request[name]);
        }

        foreach (JsonObject note in request["notes"]!.AsArray().OfType<JsonObject>())
        {
            note["createdDate"] = Date(note["createdDate"]);
        }

        return request;
    }

    private static string? Word(JsonObject request, string name, string[] words, string missing)
    {
        string? value = request[name]?.ToString();
        int place = Words.Find(words, value);
        string? text = request[name + "Text"]?.ToString();
        return place > 0 || text is null ? (place < 0 ? value ?? missing : words[place])
            : Words.Find(words, text) is var known and >= 0 ? words[known] : text;
    }

    private static JsonNode? Date(JsonNode? value)
    {
        string? text = value is JsonObject wrapped ? wrapped["value"]?.ToString() : value?.ToString();
        if (text is not null && OldDate.Match(text) is { Success: true } old)
        {
            return RequestStore.Date(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(old.Groups[1].Value, CultureInfo.InvariantCulture)).UtcDateTime);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) && date.Year > 1
            ? RequestStore.Date(date.UtcDateTime)
            : null;
    }

    /// <summary>A list, also where Windows PowerShell wrapped it as {value, Count}.</summary>
    private static JsonArray? List(JsonNode? value) => value as JsonArray ?? (value as JsonObject)?["value"] as JsonArray;

    private static JsonObject Camel(JsonObject json)
    {
        JsonObject result = [];
        foreach (System.Collections.Generic.KeyValuePair<string, JsonNode?> property in json)
        {
            string name = property.Key.Length == 0 ? property.Key : char.ToLowerInvariant(property.Key[0]) + property.Key.Substring(1);
            result[name] = property.Value switch
            {
                JsonObject inner => Camel(inner),
                JsonArray array => new JsonArray([.. array.Select(item => item is JsonObject inner ? Camel(inner) : item?.DeepClone())]),
                { } value => value.DeepClone(),
                null => null,
            };
        }

        return result;
    }
}
