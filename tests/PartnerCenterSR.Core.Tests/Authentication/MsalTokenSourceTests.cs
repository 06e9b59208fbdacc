using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>A sign-in by a refresh token: what it asks, what it tells, and when it is renewed and how often.</summary>
public sealed partial class MsalTokenSourceTests : IDisposable
{
    private readonly SignInWire _wire = new();
    private readonly RecordingObserver _heard = new();
    private readonly List<string> _rotated = [];
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private CallOptions Call => new(_heard, CancellationToken.None);

    private SignInOptions Options => new()
    {
        Kind = SignInKind.RefreshToken,
        RefreshToken = "first",
        Authority = _wire.Authority,
        Endpoint = new("https://api.example"),
        Rotated = _rotated.Add,
        Time = _time,
    };

    public void Dispose() => _wire.Dispose();

    private Task<MsalTokenSource> SignInAsync(SignInOptions? options = null) => MsalTokenSource.SignInAsync(options ?? Options, Call, null, _wire);

    private async Task<PartnerCenterException> RefusedAsync(SignInOptions? options = null) => await Assert.ThrowsAsync<PartnerCenterException>(() => SignInAsync(options));

    private static (HttpStatusCode Status, string Body) Passing => (HttpStatusCode.ServiceUnavailable, "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033: later\"}");

    /// <summary>How often it tried to get a new token.</summary>
    private int Renewals => _heard.Details.Count(told => told == Messages.VerboseRenewing.With(_wire.Authority.Host));

    [Fact]
    public async Task It_asks_for_the_api_and_tells_who_it_is()
    {
        MsalTokenSource tokens = await SignInAsync(Options with { Tenant = "contoso.example", ApplicationId = "app" });
        Dictionary<string, string> asked = Assert.Single(_wire.Asked);
        Assert.Equal(new Uri(_wire.Authority, "contoso.example/oauth2/v2.0/token").AbsoluteUri, _wire.Addresses[^1].GetLeftPart(UriPartial.Path));
        Assert.Equal(("refresh_token", "first", "app"), (asked["grant_type"], asked["refresh_token"], asked["client_id"]));
        Assert.Contains("https://api.example/user_impersonation", asked["scope"], StringComparison.Ordinal);
        Assert.Equal(("a@contoso.example", "contoso.example", "app"), (tokens.Facts.Account, tokens.Facts.Tenant, tokens.Facts.ApplicationId));
        Assert.Equal(["user_impersonation"], tokens.Facts.Scopes);
        Assert.Equal(["refresh1"], _rotated);
        Assert.True(tokens.CanRenew);
        Assert.False(tokens.CanAsk);
        Assert.Equal([Messages.VerboseSignIn.With(_wire.Authority.Host, SignInKind.RefreshToken)], _heard.Details.Take(1));
        Assert.Contains("a@contoso.example", _heard.Details.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_tenant_it_is_that_of_whoever_signs_in()
    {
        MsalTokenSource tokens = await SignInAsync();
        Assert.Equal(new Uri(_wire.Authority, "organizations/oauth2/v2.0/token").AbsoluteUri, _wire.Addresses[^1].GetLeftPart(UriPartial.Path));
        Assert.Equal(SignInWire.Tenant, tokens.Facts.Tenant);
    }

    [Fact]
    public async Task It_is_renewed_shortly_before_it_ends_with_the_newest_refresh_token()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        _time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal(first, await tokens.GetAsync(Call));
        Assert.Single(_wire.Asked);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, await tokens.GetAsync(Call));
        Assert.Equal("refresh1", _wire.Asked[1]["refresh_token"]);
        Assert.Equal(["refresh1", "refresh2"], _rotated);
    }

    [Fact]
    public async Task One_that_lasts_shortly_is_renewed_in_its_last_tenth()
    {
        _wire.Lifetime = TimeSpan.FromSeconds(1000);
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        _time.Advance(TimeSpan.FromSeconds(880));
        Assert.Equal(first, await tokens.GetAsync(Call));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.NotEqual(first, await tokens.GetAsync(Call));
    }

    [Fact]
    public async Task What_was_rejected_is_replaced_once_for_all_who_bring_it()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        string second = await tokens.RenewAsync(first, null, Call);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await tokens.RenewAsync(first, null, Call));
        Assert.Equal(second, await tokens.GetAsync(Call));
        Assert.Equal(2, _wire.Asked.Count);
        Assert.Equal(1, Renewals);
    }

    [Fact]
    public async Task While_it_lasts_a_service_that_fails_for_now_is_no_reason_to_stop()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        _wire.Answer = _ => Passing;
        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal(first, await tokens.GetAsync(Call));
        Assert.Equal(first, await tokens.GetAsync(Call));
        Assert.Equal(1, Renewals);

        // And half a minute later it is tried once more.
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(first, await tokens.GetAsync(Call));
        Assert.Equal(2, Renewals);
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(first, await tokens.GetAsync(Call));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal((first, 3), (await tokens.GetAsync(Call), Renewals));
        _time.Advance(TimeSpan.FromSeconds(2));
        PartnerCenterException ended = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(Call));
        Assert.Equal((ErrorIds.ServiceUnavailable, 503), (ended.ErrorId, ended.StatusCode));
    }

    [Fact]
    public async Task What_the_service_rejected_is_not_gone_on_with()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        _wire.Answer = _ => Passing;
        Assert.Equal(ErrorIds.ServiceUnavailable, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.RenewAsync(first, null, Call))).ErrorId);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_cure()
    {
        MsalTokenSource tokens = await SignInAsync();
        _wire.Answer = _ => SignInWire.Refusal("invalid_grant", "AADSTS700082: The refresh token has expired");
        PartnerCenterException refused = await Assert.ThrowsAsync<PartnerCenterException>(async () => await tokens.RenewAsync(await tokens.GetAsync(Call), null, Call));
        Assert.Equal((ErrorIds.SignInFailed, "AADSTS700082", Messages.RefreshTokenCure), (refused.ErrorId, refused.ServiceErrorCode, refused.RecommendedAction));
    }

    [Fact]
    public async Task Who_waited_while_it_failed_fails_in_the_same_way()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        using ManualResetEventSlim go = new();
        _wire.Answer = _ =>
        {
            go.Wait(TimeSpan.FromSeconds(20));
            return SignInWire.Refusal("invalid_grant", "AADSTS700082: expired");
        };
        Task<string> one = Task.Run(() => tokens.RenewAsync(first, null, Call));
        Assert.True(SpinWait.SpinUntil(() => _wire.Asked.Count == 2, TimeSpan.FromSeconds(20)));
        Task<string> other = tokens.RenewAsync(first, null, Call);
        go.Set();
        PartnerCenterException[] told = [await Assert.ThrowsAsync<PartnerCenterException>(() => one), await Assert.ThrowsAsync<PartnerCenterException>(() => other)];
        Assert.Same(told[0], told[1]);
        Assert.Equal(2, _wire.Asked.Count);
    }

    [Fact]
    public async Task Another_account_ends_it_for_good()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        _wire.Account = "b@contoso.example";
        PartnerCenterException other = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.RenewAsync(first, null, Call));
        Assert.Equal((ErrorIds.SignInFailed, Messages.OtherAccountAction), (other.ErrorId, other.RecommendedAction));
        Assert.Contains("b@contoso.example", other.Message, StringComparison.Ordinal);
        Assert.Same(other, await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(Call)));
        Assert.Equal(["refresh1"], _rotated);
    }

    [Fact]
    public async Task What_was_ended_has_no_token_and_gets_none()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        tokens.End();
        tokens.Forget();
        Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(Call))).ErrorId);
        Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.RenewAsync(first, null, Call))).ErrorId);
        Assert.Single(_wire.Asked);
    }
}
