using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Service;

/// <summary>Reads the bodies of successes.</summary>
internal static class ResponseReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The request in a body. Null: there is none that can be read, or it is another than was asked for, as a confused cache may send.</summary>
    public static ServiceRequest? ServiceRequest(ApiResponse response, string id, string? customerId)
    {
        using JsonDocument? document = Parse(response);
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        ServiceRequest request = ServiceRequestReader.Read(document.RootElement, customerId);
        return string.Equals(request.Id, id, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(id, out _) && request.Id.Length > 0) ? request : null;
    }

    /// <summary>The page in a body. Null: there is none that can be read.</summary>
    public static ServiceRequestPage? Page(ApiResponse response, string? customerId)
    {
        using JsonDocument? document = Parse(response);
        if (document is null)
        {
            return null;
        }

        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            return new(Items(root, customerId));
        }

        JsonFields? fields = root.ValueKind == JsonValueKind.Object ? new(root) : null;
        if (fields is null || !fields.TryGet("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonFields? next = fields.Object("links")?.Object("next");
        return new(Items(items, customerId))
        {
            TotalCount = long.TryParse(fields.Text("totalCount"), out long total) ? total : null,
            Next = next?.Text("uri"),
            NextHeaders = next is null ? [] : Headers(next),
        };
    }

    private static List<ServiceRequest> Items(JsonElement items, string? customerId) =>
        [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            .Select(item => ServiceRequestReader.Read(item, customerId))];

    private static List<KeyValuePair<string, string>> Headers(JsonFields link)
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach (JsonFields header in link.List("headers").Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new JsonFields(item)))
        {
            if (header.Text("key") is { Length: > 0 } key && header.Text("value") is { } value)
            {
                headers.Add(new(key, value));
            }
        }

        return headers;
    }

    private static JsonDocument? Parse(ApiResponse response)
    {
        if (!response.IsComplete || response.Body.Length == 0)
        {
            return null;
        }

        int start = response.Body.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return JsonText.Parse(response.Body.AsMemory(start));
    }
}
