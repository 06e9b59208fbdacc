using System;
using System.Collections.Generic;
using System.Threading;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Each refusal of the sign-in service ends in an error that says what to do next, and tells no secret.</summary>
public sealed class SignInRefusalTests
{
    private const string RefreshToken = "very-secret-refresh-token";

    private static async Task<PartnerCenterException> RefusedAsync(SignInServerOptions server, Func<SignInOptions, SignInOptions>? how = null)
    {
        using SignInServer signIn = SignInServer.Start(server);
        SignInOptions options = new()
        {
            Kind = SignInKind.RefreshToken,
            RefreshToken = RefreshToken,
            ApplicationSecret = "very-secret-secret",
            ApplicationId = Guid.NewGuid().ToString(),
            Authority = signIn.Authority,
            Endpoint = new("https://api.example"),
            Tenant = "contoso.example",
        };
        return await Assert.ThrowsAsync<PartnerCenterException>(() =>
            MsalTokenSource.SignInAsync(how?.Invoke(options) ?? options, new(new RecordingObserver(), CancellationToken.None), null, new Trusting()));
    }

    [Theory]
    [InlineData("interaction_required", "AADSTS50076: you must use multi-factor authentication", "AADSTS50076", "with MFA")]
    [InlineData("interaction_required", "AADSTS50078: Presented multi-factor authentication has expired", "AADSTS50078", "with MFA")]
    [InlineData("invalid_grant", "AADSTS65001: The user has not consented", "AADSTS65001", "consent")]
    [InlineData("invalid_grant", "AADSTS700082: The refresh token has expired", "AADSTS700082", "store the new refresh token")]
    [InlineData("unauthorized_client", "AADSTS700016: Application not found", "AADSTS700016", "-ApplicationId")]
    [InlineData("invalid_client", "AADSTS7000215: Invalid client secret", "AADSTS7000215", "not its id")]
    [InlineData("invalid_request", "AADSTS90002: Tenant not found", "AADSTS90002", "-Tenant")]
    [InlineData("invalid_grant", "AADSTS900329: app only", "AADSTS900329", "application together with a user")]
    [InlineData("invalid_grant", "AADSTS900421: no mfa", "AADSTS900421", "MFA")]
    [InlineData("invalid_grant", "AADSTS50079: enroll", "AADSTS50079", "with MFA")]
    [InlineData("invalid_grant", "AADSTS50105: not assigned", "AADSTS50105", "assign")]
    [InlineData("access_denied", "AADSTS53003: blocked by policy", "AADSTS53003", "Conditional access")]
    [InlineData("access_denied", "AADSTS53000: device", "AADSTS53000", "compliant device")]
    [InlineData("invalid_request", "AADSTS65002: first party", "AADSTS65002", "application of your own")]
    [InlineData("access_denied", "AADSTS65004: user declined", "AADSTS65004", "consent was declined")]
    [InlineData("invalid_client", "AADSTS700025: public", "AADSTS700025", "public client")]
    [InlineData("invalid_client", "AADSTS7000222: expired", "AADSTS7000222", "has expired")]
    [InlineData("invalid_client", "AADSTS700024: assertion not in its valid time", "AADSTS700024", "clock")]
    [InlineData("invalid_request", "AADSTS700213: no federated identity", "AADSTS700213", "federated credential")]
    [InlineData("invalid_request", "AADSTS90013: invalid input", "AADSTS90013", "-Tenant")]
    [InlineData("invalid_request", "AADSTS90038: redirect to the national cloud", "AADSTS90038", "-Environment")]
    [InlineData("invalid_request", "AADSTS90072: external user", "AADSTS90072", "-Tenant")]
    [InlineData("invalid_request", "AADSTS50020: user from identity provider", "AADSTS50020", "-Tenant")]
    [InlineData("invalid_grant", "AADSTS50034: no such account", "AADSTS50034", "another account")]
    [InlineData("invalid_resource", "AADSTS500011: resource not found", "AADSTS500011", "-Tenant")]
    [InlineData("server_said_something_new", "Nobody has seen this", null, "Connect-PartnerCenter")]
    public async Task The_error_says_what_to_do(string error, string description, string? code, string cure)
    {
        PartnerCenterException refused = await RefusedAsync(new() { Refuse = _ => new(error, description + " " + RefreshToken + " Trace ID: 1 Correlation ID: 2") });
        Assert.Equal(ErrorIds.SignInFailed, refused.ErrorId);
        Assert.Contains(cure, refused.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(code ?? description, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", refused.Message, StringComparison.Ordinal);
        if (code is not null)
        {
            Assert.Equal(code, refused.ServiceErrorCode);
        }

        foreach (string secret in new[] { RefreshToken, "very-secret-secret" })
        {
            Assert.DoesNotContain(secret, refused.ToString() + refused.ServiceMessage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("authorization_declined", "declined")]
    [InlineData("expired_token", "not entered in time")]
    public async Task A_device_code_declined_or_too_late(string error, string cure)
    {
        PartnerCenterException refused = await RefusedAsync(
            new() { DevicePolls = [error, error, error] },
            options => options with { Kind = SignInKind.Device, ApplicationSecret = null, IsInteractive = true });
        Assert.Contains(cure, refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_no_sign_in_and_no_secret()
    {
        PartnerCenterException refused = await RefusedAsync(new(), options => options with { Authority = new("https://localhost:1") });
        Assert.Equal(ErrorIds.SignInFailed, refused.ErrorId);
        Assert.DoesNotContain(RefreshToken, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_claims_challenge_asks_a_person_once_or_fails_where_there_is_none(bool attended)
    {
        using SignInServer signIn = SignInServer.Start(new() { Audience = "https://api.example", Refuse = grant => grant == "refresh_token" ? new("interaction_required", "AADSTS50076: MFA", "basic_action", "{\"access_token\":{}}") : null });
        CallOptions call = new(new RecordingObserver(), CancellationToken.None);
        SignInOptions options = new()
        {
            Kind = SignInKind.Device,
            Authority = signIn.Authority,
            Endpoint = new("https://api.example"),
            IsInteractive = true,
        };
        MsalTokenSource tokens = await MsalTokenSource.SignInAsync(options, call, null, new Trusting());
        string first = await tokens.GetAsync(call);
        if (attended)
        {
            string[] renewed = await Task.WhenAll(tokens.RenewAsync(first, "{\"access_token\":{}}", call), tokens.RenewAsync(first, "{\"access_token\":{}}", call));
            Assert.Equal(renewed[0], renewed[1]);
            Assert.NotEqual(first, renewed[0]);
            Assert.Equal(2, signIn.Grants.Count);
            return;
        }

        MsalTokenSource unattended = await MsalTokenSource.SignInAsync(
            options with { Kind = SignInKind.RefreshToken, RefreshToken = "r" }, call, null, new Trusting()).ContinueWith(task => task.IsFaulted ? null! : task.Result, TaskScheduler.Default);
        Assert.Null(unattended);
        PartnerCenterException refused = await RefusedAsync(new() { Refuse = _ => new("interaction_required", "AADSTS50076: MFA", null, "{\"access_token\":{}}") });
        Assert.Contains("sign in once interactively with MFA", refused.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_need_a_new_token_get_one_and_the_same()
    {
        List<string> rotated = [];
        using SignInServer signIn = SignInServer.Start(new() { Audience = "https://api.example", RefreshTokens = ["one"] });
        CallOptions call = new(new RecordingObserver(), CancellationToken.None);
        MsalTokenSource tokens = await MsalTokenSource.SignInAsync(
            new() { Kind = SignInKind.RefreshToken, RefreshToken = "one", Authority = signIn.Authority, Endpoint = new("https://api.example"), Rotated = rotated.Add }, call, null, new Trusting());
        string first = await tokens.GetAsync(call);
        string[] renewed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => tokens.RenewAsync(first, null, call))));
        Assert.Single(new HashSet<string>(renewed));
        Assert.Equal(2, signIn.Grants.Count);
        Assert.Equal(2, rotated.Count);
        Assert.NotEqual(rotated[0], rotated[1]);
    }
}
