using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

public partial class TransportTests
{
    private const int Mega = 1 << 20;
    private static readonly ConnectionSettings Settings = new() { Endpoint = new("https://api.example/") };
    private static readonly CallOptions Call = new(new RecordingObserver(), CancellationToken.None);
    private static readonly ApiRequest Request = new(HttpMethod.Get, new("https://api.example/v1/servicerequests"));

    [Theory]
    [InlineData(31, true)]
    [InlineData(33, false)]
    [InlineData(100_000, false)]
    public async Task An_answer_is_read_up_to_its_limit_and_no_further(int megabytes, bool isComplete)
    {
        Endless body = new((long)megabytes * Mega);
        ApiResponse response = await SendAsync(HttpStatusCode.OK, body);
        Assert.Equal(isComplete, response.IsComplete);
        Assert.Equal(isComplete ? megabytes * Mega : 0, response.Body.Length);
        Assert.InRange(body.Given, 0, (32 * Mega) + 16384);
    }

    [Fact]
    public async Task An_error_is_read_up_to_64_kilobytes()
    {
        Endless body = new(100_000L * Mega);
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => SendAsync(HttpStatusCode.BadRequest, body));
        Assert.Equal(ErrorIds.InvalidRequest, error.ErrorId);
        Assert.InRange(body.Given, 0, (64 * 1024) + 16384);
        Assert.InRange(error.Message.Length, 0, 1200);
    }

    [Fact]
    public async Task An_answer_that_drips_ends_with_the_attempt()
    {
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() =>
            SendAsync(HttpStatusCode.ServiceUnavailable, new Dripping(), Settings with { AttemptTimeout = TimeSpan.FromMilliseconds(50) }));
        Assert.Equal(ErrorIds.Timeout, error.ErrorId);
        Assert.False((await SendAsync(HttpStatusCode.OK, new Dripping(), Settings with { AttemptTimeout = TimeSpan.FromMilliseconds(50) })).IsComplete);
    }

    [Theory]
    [InlineData("MS-ContinuationToken", "abc+/=", true)]
    [InlineData("ms-continuationtoken", "abc", true)]
    [InlineData("MS-ContinuationToken", "abc\r\nX-Evil: 1", false)]
    [InlineData("MS-ContinuationToken", "abc\nGET / HTTP/1.1", false)]
    [InlineData("MS-ContinuationToken", "a b", false)]
    [InlineData("Cookie", "a=b", false)]
    [InlineData("X-HTTP-Method-Override", "DELETE", false)]
    [InlineData("Authorization", "Bearer other", false)]
    [InlineData("Host", "evil.example", false)]
    [InlineData("Proxy-Authorization", "x", false)]
    [InlineData("MS-ContinuationToken", "a~b", true)]
    public async Task Of_a_next_link_only_the_continuation_token_is_taken_over(string name, string value, bool isTaken)
    {
        HttpRequestMessage? sent = null;
        await SendAsync(HttpStatusCode.OK, new MemoryStream(), Settings, Request with { LinkHeaders = [new(name, value)] }, message => sent = message);
        IEnumerable<string> names = sent!.Headers.Select(header => header.Key);
        Assert.Equal(isTaken, names.Contains(name, StringComparer.OrdinalIgnoreCase) && sent.Headers.Any(header => header.Value.Contains(value)));
        Assert.DoesNotContain("X-Evil", names);
        Assert.Equal("Bearer token", sent.Headers.Authorization?.ToString());
    }

    [Fact]
    public void Nothing_for_this_machine_goes_through_a_proxy()
    {
        WebProxy users = new("http://proxy.example:8080");
        NoProxyForLoopback proxy = new(users);
        foreach (string loopback in new[] { "http://127.0.0.1:5000/", "http://localhost/", "http://[::1]:1/", "https://localhost:443/", "http://127.1.2.3/" })
        {
            Assert.True(proxy.IsBypassed(new(loopback)));
            Assert.Null(proxy.GetProxy(new(loopback)));
        }

        Assert.False(proxy.IsBypassed(new("https://api.partnercenter.microsoft.com/")));
        Assert.Equal(users.Address, proxy.GetProxy(new("https://api.partnercenter.microsoft.com/")));
        Assert.True(new NoProxyForLoopback(null).IsBypassed(new("https://api.partnercenter.microsoft.com/")));
    }

    private static Task<ApiResponse> SendAsync(HttpStatusCode status, Stream body) => SendAsync(status, body, Settings);

    private static async Task<ApiResponse> SendAsync(HttpStatusCode status, Stream body, ConnectionSettings settings, ApiRequest? request = null, Action<HttpRequestMessage>? look = null)
    {
        using HttpClient http = new(new AnsweringHandler(message =>
        {
            look?.Invoke(message);
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StreamContent(body) });
        }));
        return await new Transport(http, http, settings, new Clock(TimeProvider.System)).SendAsync(request ?? Request, "token", Call);
    }

    /// <summary>What unpacks to very much.</summary>
    private sealed class Endless(long length) : Source
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(buffer.Length, length - Given);
            buffer.Span[..count].Fill((byte)' ');
            Given += count;
            return new(count);
        }
    }

    /// <summary>One byte now, and the next never.</summary>
    private sealed class Dripping : Source
    {
        private bool _isDry;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isDry)
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            _isDry = true;
            buffer.Span[0] = (byte)'{';
            return 1;
        }
    }

    private abstract class Source : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
