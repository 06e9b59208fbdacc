using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>What stays of a sign-in beside others, and how long.</summary>
public sealed partial class MsalTokenSourceTests
{
    private const string Demand = "{\"access_token\":{\"x\":null}}";

    private string Kept => Encoding.UTF8.GetString(_store.Load());

    [Fact]
    public async Task Of_several_kept_accounts_each_hands_out_its_own_refresh_token()
    {
        MsalTokenSource one = await KeepAsync();
        _wire.Account = "b@fabrikam.example";
        await KeepAsync("fabrikam.example");
        _wire.Account = "a@contoso.example";
        await one.RenewAsync(await one.GetAsync(Call), null, Call);
        Assert.Equal(["refresh1", "refresh2", "refresh3"], _rotated);
    }

    [Fact]
    public async Task What_one_process_has_forgotten_no_other_brings_back()
    {
        MsalTokenSource first = await KeepAsync();
        _wire.Account = "b@fabrikam.example";
        MsalTokenSource second = await KeepAsync("fabrikam.example");
        _wire.Account = "a@contoso.example";
        string renewed = await first.RenewAsync(await first.GetAsync(Call), null, Call);
        second.Forget();
        await first.RenewAsync(renewed, null, Call);
        Assert.Contains("a@contoso.example", Kept, StringComparison.Ordinal);
        Assert.DoesNotContain("b@fabrikam.example", Kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_that_answers_is_not_kept()
    {
        MsalTokenSource tokens = await KeepAsync();
        string first = await tokens.GetAsync(Call);
        _wire.Account = "b@fabrikam.example";
        PartnerCenterException other = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.AskAsync(first, ClaimsChallenge.Mfa, Call));
        Assert.Equal(Messages.OtherAccountAction, other.RecommendedAction);
        Assert.Contains("a@contoso.example", Kept, StringComparison.Ordinal);
        Assert.DoesNotContain("b@fabrikam.example", Kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demand_is_not_met_by_what_another_process_has_renewed()
    {
        MsalTokenSource one = await KeepAsync();
        MsalTokenSource other = await KeepAsync();
        string old = await one.GetAsync(Call);
        _wire.Lifetime = TimeSpan.FromHours(2);
        string renewed = await one.RenewAsync(old, null, Call);
        Assert.NotEqual(renewed, await other.RenewAsync(old, Demand, Call));
        Assert.Contains("\"x\"", _wire.Asked[^1]["claims"], StringComparison.Ordinal);
    }

    // A refresh token that serves once is sent once.
    [Theory]
    [InlineData(null)]
    [InlineData("very-secret-secret")]
    public async Task A_service_that_fails_is_not_asked_twice_behind_our_back(string? secret)
    {
        _wire.Answer = _ => Passing;
        Assert.True((await RefusedAsync(Options with { ApplicationSecret = secret })).IsPassing);
        Assert.Single(_wire.Asked);
    }

    [Fact]
    public async Task A_token_is_not_gone_on_with_beyond_its_end()
    {
        MsalTokenSource tokens = await SignInAsync();
        string first = await tokens.GetAsync(Call);
        DateTimeOffset end = tokens.Facts.ExpiresOn!.Value;
        _wire.Answer = _ => Passing;
        _time.SetUtcNow(end.AddSeconds(-20));
        Assert.Equal(first, await tokens.GetAsync(Call));
        _time.SetUtcNow(end);
        Assert.Equal(ErrorIds.ServiceUnavailable, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(Call))).ErrorId);
    }

    [Fact]
    public async Task While_one_renews_others_go_on_with_what_is_still_good()
    {
        TaskCompletionSource<string> asked = new();
        int times = 0;
        MsalTokenSource tokens = await SignInAsync(Options with { ApplicationId = "app", Assertion = _ => times++ == 0 ? Task.FromResult("assertion") : asked.Task });
        string first = await tokens.GetAsync(Call);
        _time.SetUtcNow(tokens.Facts.ExpiresOn!.Value.AddSeconds(-20));
        Task<string> renewing = tokens.GetAsync(Call);
        Assert.Equal(first, await tokens.GetAsync(Call).WaitAsync(TimeSpan.FromSeconds(60)));
        asked.SetResult("assertion");
        Assert.NotEqual(first, await renewing);
    }

    [Fact]
    public async Task What_is_to_sign_in_does_not_wait_for_itself()
    {
        MsalTokenSource tokens = null!;
        tokens = await SignInAsync(Options with { ApplicationId = "app", Assertion = async _ => tokens is null ? "assertion" : await tokens.GetAsync(Call) });
        _time.SetUtcNow(tokens.Facts.ExpiresOn!.Value);
        Assert.Equal(Messages.AssertionNeedsItself, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(Call).WaitAsync(TimeSpan.FromSeconds(60)))).Message);
    }

    [Fact]
    public async Task Its_own_way_to_the_sign_in_service_has_a_limit()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        SignInOptions options = Options with { Authority = new($"https://localhost:{((IPEndPoint)silent.LocalEndpoint).Port}"), Timeout = TimeSpan.FromMilliseconds(200) };
        PartnerCenterException late = await Assert.ThrowsAsync<PartnerCenterException>(() => MsalTokenSource.SignInAsync(options, Call, null).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.True(late.IsPassing);
    }

    [Fact]
    public async Task Whom_the_sign_in_service_names_goes_before_whom_the_token_names()
    {
        _wire.Claims["upn"] = "a_contoso.example#EXT#@fabrikam.example";
        _wire.Claims["tid"] = "99999999-2222-3333-4444-555555555555";
        MsalTokenSource tokens = await SignInAsync();
        Assert.Equal(("a@contoso.example", SignInWire.Tenant), (tokens.Facts.Account, tokens.Facts.Tenant));
    }

    [Fact]
    public async Task Where_only_the_token_names_somebody_that_is_who_it_is()
    {
        _wire.Answer = _ => (HttpStatusCode.OK, JsonSerializer.Serialize(new
        {
            token_type = "Bearer",
            scope = "https://api.example/user_impersonation",
            expires_in = 3600,
            access_token = SignInWire.Jwt(new { aud = "https://api.example", upn = "a@contoso.example", scp = "user_impersonation" }),
            refresh_token = "next",
            client_info = Convert.ToBase64String("{\"uid\":\"o\",\"utid\":\"t\"}"u8.ToArray()).TrimEnd('='),
        }));
        Assert.Equal("a@contoso.example", (await SignInAsync()).Facts.Account);
    }
}
