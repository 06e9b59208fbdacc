using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>What of a failure may pass, whether anything was sent, and what helps. Each was a change of the code that only Pester noticed.</summary>
public sealed class CallErrorsTests
{
    private static readonly ApiRequest Request = new(ApiRequest.Patch, new("https://api.example/v1/servicerequests/1"));

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(409, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(505, false)]
    [InlineData(302, false)]
    public void Some_may_pass(int status, bool passes) => Assert.Equal(passes, CallErrors.IsTransient(Of(status)));

    [Fact]
    public void An_answer_that_cannot_be_read_may_be_the_next_time()
    {
        Assert.True(CallErrors.IsTransient(CallErrors.Malformed(Request, new(200, []))));
        Assert.True(CallErrors.IsTransient(CallErrors.Malformed(Request, new(299, []))));
        Assert.True(CallErrors.IsTransient(CallErrors.Unforeseen(Request, new InvalidOperationException("x"))));
        Assert.False(CallErrors.IsTransient(CallErrors.Disconnected()));
    }

    [Theory]
    [InlineData(429, 3600, false)]
    [InlineData(429, 3601, true)]
    [InlineData(503, 3601, true)]
    [InlineData(500, 3601, false)]
    public void A_pause_of_more_than_an_hour_is_not_waited_for(int status, int seconds, bool isTooLong)
    {
        PartnerCenterException error = CallErrors.FromStatus(Request, status, ServiceError.None, TimeSpan.FromSeconds(seconds), null, null);
        Assert.Equal(isTooLong, RetryPolicy.IsTooLong(error));
        Assert.Equal(!isTooLong, CallErrors.IsTransient(error));
        Assert.Equal(isTooLong, error.Message.Contains("60", StringComparison.Ordinal));
        Assert.Equal(status is 429 or 503 && !isTooLong, RetryPolicy.AsksForPause(error));
    }

    public static TheoryData<int, string?, string?> Cures => new()
    {
        { 401, null, Messages.UnauthenticatedAction }, { 401, "900421", Messages.MfaInRunAction }, { 401, "10001", Messages.MfaInRunAction }, { 401, "900420", Messages.OtherAudienceAction },
        { 403, null, Messages.AccessDeniedAction }, { 403, "900329", Messages.AppOnlyCure }, { 403, "900421", Messages.NoMfaCure }, { 403, "20002", Messages.NoRelationshipAction },
        { 403, "900149", Messages.AccessDenied900149Action }, { 403, "900150", Messages.AccessDenied900150Action }, { 403, "2032", Messages.AccessDenied900150Action },
        { 429, null, Messages.ThrottledAction }, { 503, null, Messages.ServiceUnavailableAction }, { 400, null, null }, { 404, null, null },
    };

    [Theory]
    [MemberData(nameof(Cures))]
    public void The_cure_is_that_of_the_code(int status, string? code, string? cure) => Assert.Equal(cure, Of(status, code).RecommendedAction);

    [Fact]
    public void It_has_the_ids_of_its_call_and_of_the_answer()
    {
        PartnerCenterException error = CallErrors.FromStatus(Request, 403, new("c", "Words."), null, "from the answer", "claims");
        Assert.Equal((Request.RequestId, "from the answer", "claims"), (error.RequestId, error.CorrelationId, error.ClaimsChallenge));
        Assert.Equal(Request.CorrelationId, Of(403).CorrelationId);
        Assert.Equal(Request.CorrelationId, CallErrors.Malformed(Request, new(200, [])).CorrelationId);
        Assert.Equal("r", CallErrors.Malformed(Request, new(200, []) { CorrelationId = "r" }).CorrelationId);
        Assert.True(Guid.TryParseExact(ApiRequest.NewId(), "D", out _));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ProxyTunnelError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.Unknown, false)]
    public void Nothing_was_sent_where_no_connection_came_about(HttpRequestError error, bool wasNotSent) =>
        Assert.Equal(wasNotSent, ConnectionFailure.WasNotSent(new HttpRequestException(error)));

    [Fact]
    public void What_is_no_failure_to_connect_may_have_been_sent() => Assert.False(ConnectionFailure.WasNotSent(new IOException("x")));

    [Fact]
    public void The_password_of_a_proxy_is_nowhere_in_what_is_told()
    {
        HttpRequestException cause = new("x", new IOException("The proxy tunnel request to proxy 'http://user:S3cret@127.0.0.1:1/' failed with status code '407'."));
        foreach (PartnerCenterException told in new[] { CallErrors.ConnectionFailed(Request, cause, outcomeOpen: false), CallErrors.Unforeseen(Request, cause.InnerException!) })
        {
            Assert.Contains("http://***@127.0.0.1:1/' failed with status code '407'", told.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("S3cret", told.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.ConnectionRefused, false)]
    [InlineData(SocketError.TimedOut, false)]
    public void A_host_that_is_not_there_is_not_asked_again(SocketError error, bool isLasting)
    {
        Assert.Equal(isLasting, ConnectionFailure.IsLasting(new HttpRequestException("x", new SocketException((int)error))));
        Assert.Equal(!isLasting, CallErrors.IsTransient(CallErrors.ConnectionFailed(Request, new HttpRequestException("x", new SocketException((int)error)), outcomeOpen: false)));
    }

    [Fact]
    public void Nor_is_one_whose_certificate_is_not_trusted() => Assert.True(ConnectionFailure.IsLasting(new HttpRequestException("x", new AuthenticationException("y"))));

    private static PartnerCenterException Of(int status, string? code = null) => CallErrors.FromStatus(Request, status, new(code, null), null, null, null);
}
