using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>What a list was asked for.</summary>
internal sealed record ListQuery(int Size, int Offset, string? Status)
{
    public static ListQuery Read(string query, EmulatorOptions options)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string[] part in query.TrimStart('?').Split('&').Select(part => part.Split(['='], 2)).Where(part => part.Length == 2))
        {
            parts[part[0]] = Uri.UnescapeDataString(part[1].Replace('+', ' '));
        }

        string? Value(string name) => parts.TryGetValue(name, out string? value) ? value : null;
        int Number(string name, int missing) =>
            int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : missing;

        string? status = options.Generation == Generation.Older
            ? OlderFilter(Value("filter"))
            : string.Equals(Value("Field"), "Status", StringComparison.OrdinalIgnoreCase) ? Value("Value") : null;
        return new(Math.Max(1, Number("size", options.PageSize)), Number("offset", 0), status);
    }

    public (IReadOnlyList<JsonObject> Items, int Total, ListQuery? Next) Run(IEnumerable<JsonObject> requests)
    {
        int wanted = Words.Find(Words.Statuses, Status);
        JsonObject[] all = [.. requests.Where(request => wanted < 0 || Words.Find(Words.Statuses, request["status"]?.ToString()) == wanted)];
        JsonObject[] items = [.. all.Skip(Offset).Take(Size)];
        return (items, all.Length, Offset + items.Length < all.Length && items.Length > 0 ? this with { Offset = Offset + items.Length } : null);
    }

    private static string? OlderFilter(string? filter)
    {
        if (filter is null)
        {
            return null;
        }

        try
        {
            JsonNode? json = JsonNode.Parse(filter, new JsonNodeOptions { PropertyNameCaseInsensitive = true });
            return string.Equals(json?["Field"]?.ToString(), "Status", StringComparison.OrdinalIgnoreCase) ? json!["Value"]?.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
