using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>What goes over the wire beside the body, and what is read of an answer beside its body.</summary>
public sealed partial class TransportHeaderTests
{
    private static readonly ConnectionSettings Settings = new() { Endpoint = Wire.Endpoint, Locale = "fr-FR", ApplicationName = "app", UserAgent = "agent/1 (x)" };
    private static readonly ApiRequest Get = new(HttpMethod.Get, new("https://api.example/v1/servicerequests")) { RequestId = "r", CorrelationId = "c" };

    private static async Task<ApiResponse> SendAsync(ApiRequest request, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer, CallOptions? options = null)
    {
        using HttpClient reading = new(new AnsweringHandler(message => request.Body is null ? answer(message) : throw new InvalidOperationException("read")));
        using HttpClient writing = new(new AnsweringHandler(message => request.Body is null ? throw new InvalidOperationException("written") : answer(message)));
        return await new Transport(reading, writing, Settings, new(TimeProvider.System)).SendAsync(request, "secret-token", options ?? new Wire(_ => null!).Options);
    }

    private static Task<HttpResponseMessage> Ok(HttpRequestMessage _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    [Fact]
    public async Task A_request_says_who_asks_and_by_which_ids()
    {
        Dictionary<string, string> headers = [];
        await SendAsync(Get, message =>
        {
            headers = message.Headers.ToDictionary(header => header.Key, header => string.Join(" ", header.Value));
            Assert.Null(message.Content);
            return Ok(message);
        });
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Authorization"] = "Bearer secret-token",
                ["Accept"] = "application/json",
                ["MS-RequestId"] = "r",
                ["MS-CorrelationId"] = "c",
                ["MS-Contract-Version"] = "v1",
                ["Cache-Control"] = "no-cache",
                ["X-Locale"] = "fr-FR",
                ["MS-PartnerCenter-Application"] = "app",
                ["User-Agent"] = "agent/1 (x)",
            },
            headers.Where(header => header.Key != "Expect").ToDictionary());
    }

    [Fact]
    public async Task What_is_asked_for_beside_is_asked_for_by_headers()
    {
        await SendAsync(Get with { ValidatesMfa = true, IncludeOrganizationRequests = true, LinkHeaders = [new("MS-ContinuationToken", "t")] }, message =>
        {
            Assert.Equal("true", Assert.Single(message.Headers.GetValues("ValidateMfa")));
            Assert.Equal("true", Assert.Single(message.Headers.GetValues("IncludeOrganizationRequests")));
            Assert.Equal("t", Assert.Single(message.Headers.GetValues("MS-ContinuationToken")));
            return Ok(message);
        });
    }

    [Fact]
    public async Task A_body_is_json_and_goes_by_the_way_for_what_must_not_be_sent_twice()
    {
        await SendAsync(Get with { Method = ApiRequest.Patch, Body = "{}"u8.ToArray() }, async message =>
        {
            Assert.Equal("application/json", message.Content!.Headers.ContentType!.ToString());
            Assert.Equal("{}", await message.Content.ReadAsStringAsync());
            Assert.NotEqual(true, message.Headers.ExpectContinue);
            return new(HttpStatusCode.NoContent);
        });
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("maybe", null)]
    [InlineData(null, null)]
    public async Task An_answer_says_what_its_headers_say(string? mfa, bool? expected)
    {
        DateTimeOffset date = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ApiResponse response = await SendAsync(Get, _ =>
        {
            HttpResponseMessage answer = new(HttpStatusCode.Accepted) { Content = new ByteArrayContent("[]"u8.ToArray()) };
            answer.Headers.Date = date;
            answer.Headers.TryAddWithoutValidation("MS-CorrelationId", "3B33E682-00c3-41ee-9dd2-a548adf56438");
            if (mfa is not null)
            {
                answer.Headers.TryAddWithoutValidation("isMfaCompliant", mfa);
            }

            return Task.FromResult(answer);
        });
        Assert.Equal((202, "[]", true, date, expected), (response.StatusCode, Encoding.UTF8.GetString(response.Body), response.IsComplete, response.Date, response.IsMfaCompliant));
        Assert.Equal("3b33e682-00c3-41ee-9dd2-a548adf56438", response.CorrelationId);
        Assert.InRange(response.ReceivedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("yesterday")]
    public async Task A_clock_that_was_never_set_tells_no_time(string date)
    {
        ApiResponse response = await SendAsync(Get, _ =>
        {
            HttpResponseMessage answer = new(HttpStatusCode.OK);
            answer.Headers.TryAddWithoutValidation("Date", date);
            return Task.FromResult(answer);
        });
        Assert.Null(response.Date);
    }

    [Theory]
    [InlineData("secret-token")]
    [InlineData("not an id")]
    public async Task A_correlation_that_is_no_id_is_none(string value)
    {
        ApiResponse response = await SendAsync(Get, _ =>
        {
            HttpResponseMessage answer = new(HttpStatusCode.OK);
            answer.Headers.TryAddWithoutValidation("MS-CorrelationId", value);
            return Task.FromResult(answer);
        });
        Assert.Null(response.CorrelationId);
    }

    [Theory]
    [InlineData(429, "7", null, 7L)]
    [InlineData(429, null, "Try again in 9 seconds.", 9L)]
    [InlineData(503, null, "Try again in 9 seconds.", null)]
    [InlineData(429, "99999999999", null, 99999999999)]
    public async Task A_refusal_has_its_pause_its_challenge_and_no_token(int status, string? header, string? words, long? seconds)
    {
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => SendAsync(Get, _ =>
        {
            HttpResponseMessage answer = new((HttpStatusCode)status) { Content = new StringContent($$"""{"code":"secret-token","description":"{{words}} for secret-token"}""") };
            if (header is not null)
            {
                answer.Headers.TryAddWithoutValidation("Retry-After", header);
            }

            answer.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer claims=\"e30=\"");
            return Task.FromResult(answer);
        }));
        Assert.Equal((status, "{}", "c"), (error.StatusCode, error.ClaimsChallenge, error.CorrelationId));
        Assert.Equal(seconds is null ? null : Math.Min(seconds.Value, 316224000), error.RetryAfter?.TotalSeconds);
        Assert.DoesNotContain("secret-token", error.Message + error.ServiceErrorCode + error.ServiceMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task A_body_comes_whole_in_whatever_pieces(int length)
    {
        byte[] body = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        Assert.Equal(body, (await SendAsync(Get, _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Pieces(body)) }))).Body);
    }

    /// <summary>At most 1,000 bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1000, buffer.Length)], cancellationToken);
    }
}
