using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Http;

/// <summary>An error body in any of the forms the service and what stands before it send.</summary>
internal sealed record ServiceError(string? Code, string? Message)
{
    private const int LongestText = 1024;

    public static ServiceError None { get; } = new(null, null);

    public static ServiceError Parse(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF').Trim();
        if (text.Length == 0)
        {
            return None;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.String => new(null, Shorten(document.RootElement.AsText() ?? string.Empty)),
                JsonValueKind.Object => FromJson(new(document.RootElement)),
                _ => None,
            };
        }
        catch (JsonException)
        {
            // A proxy's page says nothing that an admin could use; a line of plain text may.
            return text[0] == '<' ? None : new(null, Shorten(text));
        }
    }

    /// <summary>The properties that the service could not read, where it names any.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    private static ServiceError FromJson(JsonFields root)
    {
        if (root.Object("error") is { } inner)
        {
            return FromJson(inner);
        }

        string? code = root.Text("code") ?? root.Text("statusCode") ?? root.Text("status");
        string? detail = root.Text("description") ?? root.Text("message") ?? root.Text("detail");
        string? title = root.Text("title");
        string? message = detail is null || title is null || detail.StartsWith(title, StringComparison.Ordinal)
            ? detail ?? title
            : $"{title.TrimEnd('.')}. {detail}";
        List<KeyValuePair<string, JsonElement>> fields = [.. (root.Object("errors")?.All ?? []).Where(field => field.Value.ValueKind is JsonValueKind.Array or JsonValueKind.String)];
        string[] words = [.. new[] { message }.Concat(root.List("data").Select(Words)).Concat(fields.Select(Reasons)).OfType<string>().Select(text => text.Trim().TrimEnd('.')).Where(text => text.Length > 0).Distinct()];
        return new(code, words.Length == 0 ? null : words.Length == 1 ? Shorten(message ?? words[0]) : Shorten(string.Join(". ", words) + "."))
        {
            Fields = fields.Count == 0 ? [] : [.. fields.Select(field => field.Key.Substring(field.Key.LastIndexOf('.') + 1))],
        };
    }

    /// <summary>The cause may stand only in the details, which are texts as a rule.</summary>
    private static string? Words(JsonElement detail) => detail.ValueKind switch
    {
        JsonValueKind.Object when new JsonFields(detail) is var fields => fields.Text("message") ?? fields.Text("description") ?? detail.GetRawText(),
        JsonValueKind.Array => detail.GetRawText(),
        _ => detail.AsText(),
    };

    private static string Reasons(KeyValuePair<string, JsonElement> field) =>
        field.Key + ": " + (field.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", field.Value.EnumerateArray().Select(Words).OfType<string>()) : Words(field.Value));

    private static string Shorten(string text) => text.Length <= LongestText ? text : text.Substring(0, LongestText) + "…";
}
