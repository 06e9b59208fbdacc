using System;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>What is told of each way in which a sign-in fails, and whether it may pass.</summary>
public sealed class SignInErrorsTests
{
    private static readonly SignInOptions Options = new() { Authority = new("https://login.example"), Timeout = TimeSpan.FromSeconds(9) };

    private static PartnerCenterException From(Exception error, TimeSpan? limit = null) => SignInErrors.From(error, Options, limit);

    [Theory]
    [InlineData(499, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(408, true)]
    [InlineData(400, false)]
    public void What_its_status_says_may_pass(int status, bool isPassing)
    {
        PartnerCenterException told = From(new MsalServiceException("x", "AADSTS90033: words", status));
        Assert.Equal((isPassing, status, "AADSTS90033"), (told.IsPassing, told.StatusCode, told.ServiceErrorCode));
    }

    [Theory]
    [InlineData("temporarily_unavailable", true)]
    [InlineData(MsalError.ServiceNotAvailable, true)]
    [InlineData("invalid_grant", false)]
    public void So_does_its_code(string code, bool isPassing)
    {
        PartnerCenterException told = From(new MsalClientException(code, "words"));
        Assert.Equal((isPassing, code, null), (told.IsPassing, told.ServiceErrorCode, told.StatusCode));
    }

    [Fact]
    public void What_took_too_long_says_after_how_long()
    {
        Assert.Equal(Messages.SignInTimeout.With(7), From(new TaskCanceledException(), TimeSpan.FromSeconds(7)).ServiceMessage);
        PartnerCenterException told = From(new MsalClientException(MsalError.RequestTimeout, "slow"));
        Assert.Equal((Messages.SignInTimeout.With(9), true), (told.ServiceMessage, told.IsPassing));
    }

    [Fact]
    public void What_cannot_be_read_is_not_shown()
    {
        foreach (Exception error in new Exception[] { new JsonException("<"), new MsalClientException("x", "<", new JsonException("<")), new MsalClientException(MsalError.JsonParseError, "<"), new MsalClientException(MsalError.NonParsableOAuthError, "<") })
        {
            PartnerCenterException told = From(error);
            Assert.Equal((Messages.SignInUnreadable, true), (told.ServiceMessage, told.IsPassing));
        }
    }

    [Fact]
    public void A_way_that_does_not_lead_there_is_told_by_what_is_in_its_way()
    {
        PartnerCenterException untrusted = From(new HttpRequestException("outer", new AuthenticationException("the certificate is odd")));
        Assert.Equal((Messages.UntrustedCure.With("login.example"), true), (untrusted.RecommendedAction, untrusted.IsPassing));
        Assert.Contains("the certificate is odd", untrusted.Message, StringComparison.Ordinal);
        PartnerCenterException gone = From(new MsalServiceException("x", "See inner exception", new HttpRequestException("the cable is out")));
        Assert.Equal((Messages.ConnectionFailedAction, true), (gone.RecommendedAction, gone.IsPassing));
        Assert.Contains("the cable is out", gone.Message, StringComparison.Ordinal);
        Assert.Equal((Messages.SignInAgainCure, false), (From(new MsalClientException("x", "else")).RecommendedAction, From(new MsalClientException("x", "else", new InvalidOperationException("hidden"))).IsPassing));
        Assert.DoesNotContain("hidden", From(new MsalClientException("x", "else", new InvalidOperationException("hidden"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_noise_of_the_service_is_left_out() =>
        Assert.Equal("AADSTS1: Words.", From(new MsalServiceException("x", "AADSTS1: Words. Trace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 3")).ServiceMessage);
}
