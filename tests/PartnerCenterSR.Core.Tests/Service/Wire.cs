using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>A wire without a network: what is asked is kept, and answered as the test says.</summary>
internal sealed class Wire(Func<ApiRequest, ApiResponse> answer) : ITransport
{
    public static readonly Uri Endpoint = new("https://api.example/");

    public List<ApiRequest> Asked { get; } = [];

    public IEnumerable<string> Paths => Asked.Select(request => request.Method + " " + Uri.UnescapeDataString(request.Uri.PathAndQuery));

    /// <summary>What was told meanwhile.</summary>
    public RecordingObserver Heard { get; } = new();

    /// <summary>As a command calls.</summary>
    public CallOptions Options => new(Heard, CancellationToken.None);

    public PartnerSession Session(ITokenSource? tokens = null, int retries = 0, Clock? clock = null, ConnectionSettings? settings = null)
    {
        clock ??= new(TimeProvider.System);
        return new(
            settings ?? new() { Endpoint = Endpoint, MaximumRetryCount = retries, RetryDelay = TimeSpan.FromMilliseconds(1) }, tokens ?? new StaticTokenSource("token", SignInFacts.None), this, new(clock), clock);
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
    {
        Asked.Add(request);
        return Task.FromResult(answer(request));
    }

    public static ApiResponse Json(string body) => new(200, Encoding.UTF8.GetBytes(body)) { ReceivedAt = DateTimeOffset.UnixEpoch };

    /// <summary>A refusal, as the transport throws it.</summary>
    public static ApiResponse Refuse(ApiRequest request, int status, string? code = null) =>
        throw CallErrors.FromStatus(request, status, ServiceError.Parse(Encoding.UTF8.GetBytes(code is null ? "{}" : $$"""{"code":"{{code}}","description":"no"}""")), null, null, null);
}
