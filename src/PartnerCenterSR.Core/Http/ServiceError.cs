using System;
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
        return new(code, message is null ? null : Shorten(message));
    }

    private static string Shorten(string text) => text.Length <= LongestText ? text : text.Substring(0, LongestText) + "…";
}
