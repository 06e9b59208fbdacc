using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>How an application proves itself, how a person is asked, and what is refused.</summary>
public sealed partial class MsalTokenSourceTests
{
    private SignInOptions Device => Options with { Kind = SignInKind.Device, RefreshToken = null, IsInteractive = true };

    [Fact]
    public async Task A_secret_goes_to_the_sign_in_service_alone()
    {
        await SignInAsync(Options with { ApplicationSecret = "very-secret-secret" });
        Assert.Equal("very-secret-secret", _wire.Asked[0]["client_secret"]);
        _wire.Answer = _ => SignInWire.Refusal("invalid_client", "AADSTS7000215: Invalid client secret very-secret-secret first. Trace ID: x Correlation ID: y");
        PartnerCenterException refused = await RefusedAsync(Options with { ApplicationSecret = "very-secret-secret" });
        Assert.Equal(("AADSTS7000215", Messages.WrongSecretCure, false), (refused.ServiceErrorCode, refused.RecommendedAction, refused.IsPassing));
        Assert.DoesNotContain("very-secret-secret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assertion_is_in_no_refusal_that_repeats_it()
    {
        _wire.Answer = _ => (HttpStatusCode.BadRequest, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700021: no: the-proof-that-was-given\"}");
        Assert.EndsWith("no: ***", (await RefusedAsync(Options with { Assertion = _ => Task.FromResult("the-proof-that-was-given") })).ServiceMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assertion_is_asked_for_whenever_it_is_needed()
    {
        int asked = 0;
        MsalTokenSource tokens = await SignInAsync(Options with { Assertion = call => Task.FromResult($"proof{++asked}") });
        await tokens.RenewAsync(await tokens.GetAsync(Call), null, Call);
        Assert.Equal(["proof1", "proof2"], _wire.Asked.Select(form => form["client_assertion"]));
        MsalTokenSource failing = await SignInAsync(Options with { Assertion = call => ++asked < 4 ? Task.FromResult("proof") : throw new PartnerCenterException(ErrorIds.SignInFailed, "no proof") });
        Assert.Equal("no proof", (await Assert.ThrowsAsync<PartnerCenterException>(async () => await failing.RenewAsync(await failing.GetAsync(Call), null, Call))).Message);
    }

    [Fact]
    public async Task A_certificate_proves_it_too()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await SignInAsync(Options with { Certificate = certificate });
        Assert.Equal(3, _wire.Asked[0]["client_assertion"].Split('.').Length);
    }

    [Fact]
    public async Task A_code_is_shown_and_waited_for()
    {
        MsalTokenSource tokens = await SignInAsync(Device);
        Assert.True(tokens.CanAsk);
        Assert.Equal([Messages.DeviceCode.With("https://login.example/device", "F4K9")], _heard.Prompts);
        string first = await tokens.GetAsync(Call);

        // Silently first, by what is held; asked only where that is not enough.
        string second = await tokens.RenewAsync(first, null, Call);
        Assert.Equal("refresh_token", _wire.Asked[^1]["grant_type"]);
        Assert.Single(_heard.Prompts);
        Assert.NotEqual(second, await tokens.AskAsync(second, ClaimsChallenge.Mfa, Call));
        Assert.Equal(2, _heard.Prompts.Count);
        Assert.Contains(_wire.Asked, form => form.TryGetValue("claims", out string? claims) && claims.Contains("mfa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_silence_is_refused_the_person_is_asked_for_what_the_service_demands()
    {
        MsalTokenSource tokens = await SignInAsync(Device);
        string first = await tokens.GetAsync(Call);
        _wire.Answer = _ => _wire.Asked[^1]["grant_type"] == "refresh_token" ? SignInWire.Refusal("interaction_required", "AADSTS50076: MFA", "{\"access_token\":{\"x\":null}}") : null;
        Assert.NotEqual(first, await tokens.RenewAsync(first, null, Call));
        Assert.Equal(2, _heard.Prompts.Count);
        Assert.Contains(_wire.Asked, form => form.TryGetValue("claims", out string? claims) && claims.Contains("\"x\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_declines_is_asked_once_however_many_wait()
    {
        MsalTokenSource tokens = await SignInAsync(Device);
        string first = await tokens.GetAsync(Call);
        using ManualResetEventSlim all = new();
        _wire.Answer = _ =>
        {
            all.Wait(TimeSpan.FromSeconds(20));
            return SignInWire.Refusal("authorization_declined", "declined");
        };
        Task<string> one = Task.Run(() => tokens.AskAsync(first, ClaimsChallenge.Mfa, Call));
        Assert.True(SpinWait.SpinUntil(() => _heard.Prompts.Count == 2, TimeSpan.FromSeconds(20)));
        Task<string>[] asking = [one, .. Enumerable.Range(0, 7).Select(_ => tokens.AskAsync(first, ClaimsChallenge.Mfa, Call))];
        all.Set();
        foreach (Task<string> task in asking)
        {
            Assert.Equal(Messages.DeclinedCure, (await Assert.ThrowsAsync<PartnerCenterException>(() => task)).RecommendedAction);
        }

        Assert.Equal(2, _heard.Prompts.Count);
        _wire.Answer = _ => null;
        Assert.NotEqual(first, await tokens.AskAsync(first, ClaimsChallenge.Mfa, Call));
    }

    [Fact]
    public async Task Where_nobody_is_there_nobody_is_asked()
    {
        PartnerCenterException unattended = await RefusedAsync(Device with { IsInteractive = false });
        Assert.Equal((ErrorIds.SignInFailed, Messages.NobodyToAsk, Messages.UnattendedAction), (unattended.ErrorId, unattended.Message, unattended.RecommendedAction));
        Assert.Empty(_heard.Prompts);
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        PartnerCenterException demanded = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.RenewAsync(first, "{}", Call));
        Assert.Equal((Messages.ClaimsDemanded, Messages.UnattendedAction), (demanded.Message, demanded.RecommendedAction));
        Assert.Single(_wire.Asked);
    }

    [Theory]
    [InlineData("aud", "https://elsewhere.example", ErrorIds.WrongAudience)]
    [InlineData("idtyp", "app", ErrorIds.AppOnlyToken)]
    public async Task A_token_that_the_service_would_refuse_is_refused_at_once(string claim, string value, string errorId)
    {
        _wire.Claims[claim] = value;
        PartnerCenterException refused = await RefusedAsync();
        Assert.Equal((errorId, true), (refused.ErrorId, refused.RecommendedAction is not null));
        Assert.Empty(_rotated);
    }

    [Theory]
    [InlineData(503, "{\"error\":\"temporarily_unavailable\"}", true)]
    [InlineData(429, "{\"error\":\"throttled\"}", true)]
    [InlineData(408, "{\"error\":\"slow\"}", true)]
    [InlineData(200, "<html>Which room are you in?</html>", true)]
    [InlineData(400, "{\"error\":\"invalid_grant\"}", false)]
    public async Task Whether_a_failure_may_pass_is_known(int status, string body, bool isPassing)
    {
        _wire.Answer = _ => ((HttpStatusCode)status, body);
        PartnerCenterException refused = await RefusedAsync();
        Assert.Equal((ErrorIds.SignInFailed, isPassing), (refused.ErrorId, refused.IsPassing));
        Assert.DoesNotContain("<html>", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_is_not_told_that_it_failed()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MsalTokenSource.SignInAsync(Options, new(_heard, stop.Token), null, _wire));
    }

    [Fact]
    public async Task What_hangs_is_told_with_its_limit()
    {
        _wire.Answer = _ => throw new TaskCanceledException();
        PartnerCenterException late = await RefusedAsync(Options with { Timeout = TimeSpan.FromSeconds(7) });
        Assert.Contains(Messages.SignInTimeout.With(7), late.Message, StringComparison.Ordinal);
        Assert.True(late.IsPassing);
    }

    [Fact]
    public async Task What_cannot_be_reached_says_why()
    {
        _wire.Answer = _ => throw new System.Net.Http.HttpRequestException("outer", new System.IO.IOException("the cable is out"));
        PartnerCenterException gone = await RefusedAsync();
        Assert.Contains("the cable is out", gone.Message, StringComparison.Ordinal);
        Assert.True(gone.IsPassing);
    }

    [Fact]
    public async Task An_application_id_that_is_none_is_refused() =>
        Assert.Equal(ErrorIds.SignInFailed, (await RefusedAsync(Options with { ApplicationId = "" })).ErrorId);
}
