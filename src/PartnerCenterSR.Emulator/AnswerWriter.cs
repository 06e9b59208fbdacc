using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>Answers as one generation writes them.</summary>
internal sealed class AnswerWriter(Generation generation)
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private static readonly string[] LeftOutOfLists = ["notes", "description"];

    private bool IsOlder => generation == Generation.Older;

    public EmulatedAnswer Request(JsonObject request) => Json(Shown(request, []));

    public EmulatedAnswer Updated(JsonObject request) => IsOlder ? Request(request) : new EmulatedAnswer(204);

    public EmulatedAnswer Page(Uri uri, (IReadOnlyList<JsonObject> Items, int Total, ListQuery? Next) page)
    {
        JsonObject body = new()
        {
            ["totalCount"] = page.Total,
            ["items"] = new JsonArray([.. page.Items.Select(item => Shown(item, LeftOutOfLists))]),
            ["attributes"] = new JsonObject { ["objectType"] = "Collection" },
        };
        if (!IsOlder)
        {
            // The path without /v1, as the service writes it.
            body["links"] = new JsonObject
            {
                ["self"] = Link(uri.AbsolutePath.Substring(3) + uri.Query),
                ["next"] = page.Next is { } next ? Link(uri.AbsolutePath.Substring(3) + Query(next)) : null,
            };
        }

        return Json(body);
    }

    public EmulatedAnswer Error(int status, string code, string message) => IsOlder
        ? Json(new JsonObject { ["code"] = code, ["description"] = message, ["data"] = new JsonArray(), ["source"] = "PartnerFD" }, status)
        : Json(
            new JsonObject
            {
                ["type"] = "https://tools.ietf.org/html/rfc9110",
                ["title"] = message,
                ["status"] = status,
                ["detail"] = null,
                ["instance"] = null,
                ["code"] = code,
            },
            status) with
        { ContentType = "application/problem+json" };

    private static JsonObject Link(string uri) => new() { ["uri"] = uri, ["method"] = "GET", ["headers"] = new JsonArray() };

    private static string Query(ListQuery next) => next.Status is null
        ? $"?size={next.Size}&offset={next.Offset}"
        : $"?size={next.Size}&offset={next.Offset}&Field=Status&Value={Uri.EscapeDataString(next.Status)}";

    private JsonObject Shown(JsonObject request, string[] leftOut)
    {
        JsonObject shown = [];
        foreach (KeyValuePair<string, JsonNode?> property in request.Where(property => !leftOut.Contains(property.Key)))
        {
            shown[property.Key] = property.Key switch
            {
                "status" => Words.Write(Words.Statuses, property.Value?.ToString(), generation),
                "severity" => Words.Write(Words.Severities, property.Value?.ToString(), generation),
                "createdDate" or "lastModifiedDate" or "lastClosedDate" => property.Value?.DeepClone() ?? "0001-01-01T00:00:00",
                _ => property.Value?.DeepClone(),
            };
        }

        return shown;
    }

    private EmulatedAnswer Json(JsonNode body, int status = 200)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        return new EmulatedAnswer(status, IsOlder ? [.. Mark, .. bytes] : bytes);
    }
}
