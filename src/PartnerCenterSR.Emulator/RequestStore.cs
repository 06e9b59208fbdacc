using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>The requests, newest change last. Not safe for several threads at once.</summary>
internal sealed class RequestStore
{
    private readonly List<JsonObject> _inOrder = [];
    private readonly Dictionary<string, JsonObject> _byId = new(StringComparer.OrdinalIgnoreCase);

    public RequestStore(JsonArray data)
    {
        foreach (JsonObject request in data.OfType<JsonObject>().Select(RequestReader.Read))
        {
            if (request["id"]?.ToString() is { Length: > 0 } id && !_byId.ContainsKey(id))
            {
                _inOrder.Add(request);
                _byId.Add(id, request);
            }
        }
    }

    public JsonObject? Find(string id, string? customer) =>
        _byId.TryGetValue(id, out JsonObject? request) && IsOf(request, customer) ? request : null;

    public IEnumerable<JsonObject> All(string? customer) => _inOrder.Where(request => IsOf(request, customer));

    /// <summary>Makes the changes of a body. Null, "none", "unknown" and zero dates mean: leave it.</summary>
    /// <returns>Whether there was any.</returns>
    public static bool Apply(JsonObject request, JsonObject body)
    {
        DateTime now = DateTime.UtcNow;
        bool changed = false;
        if (body["NewNote"] is JsonObject note && Lookup(note, "Text") is { Length: > 0 } text)
        {
            request["notes"]!.AsArray().Add(new JsonObject
            {
                ["createdByName"] = "Emulator",
                ["createdDate"] = Date(now),
                ["text"] = text,
            });
            changed = true;
        }

        if (Words.Find(Words.Statuses, body["Status"]?.ToString()) is var status and > 0)
        {
            request["status"] = Words.Statuses[status];
            if (Words.Statuses[status] == "closed")
            {
                request["lastClosedDate"] = Date(now);
            }

            changed = true;
        }

        if (Words.Find(Words.Severities, body["Severity"]?.ToString()) is var severity and > 0)
        {
            request["severity"] = Words.Severities[severity];
            changed = true;
        }

        foreach (string name in new[] { "title", "description" })
        {
            if (body[name] is { } value)
            {
                request[name] = value.ToString();
                changed = true;
            }
        }

        if (changed)
        {
            request["lastModifiedDate"] = Date(now);
        }

        return changed;
    }

    public static string Date(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Lookup(JsonObject json, string name) =>
        json.FirstOrDefault(property => string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase)).Value?.ToString();

    private static bool IsOf(JsonObject request, string? customer) =>
        customer is null || string.Equals(request["organization"]?["id"]?.ToString(), customer, StringComparison.OrdinalIgnoreCase);
}
