using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>What one would write by hand: HttpClient, so many at once, no retry, no order, no read-back.</summary>
internal static class PlainLoop
{
    private static readonly HttpClient Client = new();

    public static async Task<TimeSpan> UpdateAsync(TestServer server, IEnumerable<(string Id, string Note)> updates, int width)
    {
        Stopwatch stopwatch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(updates, new ParallelOptions { MaxDegreeOfParallelism = width }, async (update, cancellation) =>
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { NewNote = new { Text = update.Note } });
            using HttpRequestMessage request = Request(server, HttpMethod.Patch, "v1/servicerequests/" + update.Id);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
            using HttpResponseMessage response = await Client.SendAsync(request, cancellation);
            response.EnsureSuccessStatusCode();
            using JsonDocument answer = JsonDocument.Parse((await response.Content.ReadAsByteArrayAsync(cancellation)).AsMemory(3));
        });
        return stopwatch.Elapsed;
    }

    /// <param name="server">The server.</param>
    /// <param name="pages">How many pages to read. Null: all.</param>
    public static async Task<TimeSpan> ListAsync(TestServer server, int? pages)
    {
        Stopwatch stopwatch = Stopwatch.StartNew();
        string? next = "servicerequests?size=500";
        for (int page = 0; next is not null && page != pages; page++)
        {
            using HttpRequestMessage request = Request(server, HttpMethod.Get, "v1/" + next.TrimStart('/'));
            using HttpResponseMessage response = await Client.SendAsync(request);
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            foreach (JsonElement item in answer.RootElement.GetProperty("items").EnumerateArray())
            {
                _ = item.GetProperty("id").GetString();
            }

            next = answer.RootElement.GetProperty("links").GetProperty("next") is { ValueKind: JsonValueKind.Object } link
                ? link.GetProperty("uri").GetString()
                : null;
        }

        return stopwatch.Elapsed;
    }

    private static HttpRequestMessage Request(TestServer server, HttpMethod method, string path)
    {
        HttpRequestMessage request = new(method, new Uri(server.Endpoint, path));
        request.Headers.Authorization = new("Bearer", server.Token);
        request.Headers.Add("MS-RequestId", Guid.NewGuid().ToString());
        return request;
    }
}
