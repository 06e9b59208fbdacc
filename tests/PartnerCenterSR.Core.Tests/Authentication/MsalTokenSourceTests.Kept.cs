using System;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Sign-ins that are kept on this machine, and shared by its processes.</summary>
public sealed partial class MsalTokenSourceTests
{
    private readonly MemoryTokenStore _store = new();

    private Task<MsalTokenSource> KeepAsync(string? tenant = null) => MsalTokenSource.SignInAsync(Device with { Tenant = tenant }, Call, _store, _wire);

    [Fact]
    public async Task What_an_earlier_session_kept_is_gone_on_with_and_nobody_is_asked()
    {
        MsalTokenSource first = await KeepAsync();
        int asked = _wire.Asked.Count;
        Assert.Contains("a@contoso.example", Encoding.UTF8.GetString(_store.Load()), StringComparison.Ordinal);
        MsalTokenSource second = await KeepAsync();
        Assert.Equal((1, asked, await first.GetAsync(Call)), (_heard.Prompts.Count, _wire.Asked.Count, await second.GetAsync(Call)));
        Assert.Equal((1, 1), _store.Locks);
        Assert.Equal(["refresh1", "refresh1"], _rotated);
    }

    [Fact]
    public async Task Where_another_tenant_is_meant_or_the_kept_one_is_refused_the_person_is_asked()
    {
        await KeepAsync();
        await KeepAsync("fabrikam.example");
        Assert.Equal(2, _heard.Prompts.Count);
        _wire.Lifetime = TimeSpan.FromSeconds(1);
        _wire.Account = "b@wingtip.example";
        await KeepAsync("wingtip.example");
        Assert.Equal(3, _heard.Prompts.Count);
        _wire.Answer = _ => _wire.Asked[^1]["grant_type"] == "refresh_token" ? SignInWire.Refusal("invalid_grant", "AADSTS700082: expired") : null;
        await KeepAsync("wingtip.example");
        Assert.Equal(4, _heard.Prompts.Count);
        Assert.Equal(_store.Locks.Taken, _store.Locks.Released);
    }

    [Fact]
    public async Task What_another_process_has_renewed_is_not_renewed_again_but_for_a_demand()
    {
        MsalTokenSource one = await KeepAsync();
        MsalTokenSource other = await KeepAsync();
        string old = await one.GetAsync(Call);
        _wire.Lifetime = TimeSpan.FromHours(2);
        string renewed = await one.RenewAsync(old, null, Call);
        int asked = _wire.Asked.Count;
        Assert.Equal((renewed, asked), (await other.RenewAsync(old, null, Call), _wire.Asked.Count));
        Assert.NotEqual(renewed, await one.RenewAsync(renewed, "{\"access_token\":{\"x\":null}}", Call));
        Assert.Equal(asked + 1, _wire.Asked.Count);
        Assert.Contains("\"x\"", _wire.Asked[^1]["claims"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_one_account_leaves_the_others_and_the_last_one_takes_the_store_with_it()
    {
        MsalTokenSource first = await KeepAsync();
        _wire.Account = "b@fabrikam.example";
        MsalTokenSource second = await KeepAsync("fabrikam.example");
        second.Forget();
        Assert.False(_store.WasRemoved);
        Assert.Contains("a@contoso.example", Encoding.UTF8.GetString(_store.Load()), StringComparison.Ordinal);
        Assert.DoesNotContain("b@fabrikam.example", Encoding.UTF8.GetString(_store.Load()), StringComparison.Ordinal);
        Assert.NotNull(await first.GetAsync(Call));
        first.Forget();
        Assert.True(_store.WasRemoved);
    }

    [Fact]
    public async Task What_has_ended_neither_renews_nor_keeps()
    {
        MsalTokenSource tokens = await KeepAsync();
        string token = await tokens.GetAsync(Call);
        int asked = _wire.Asked.Count;
        int saved = _store.Saved;
        tokens.End();
        foreach (Func<Task<string>> use in new Func<Task<string>>[] { () => tokens.GetAsync(Call), () => tokens.RenewAsync(token, null, Call), () => tokens.AskAsync(token, ClaimsChallenge.Mfa, Call) })
        {
            Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(use)).ErrorId);
        }

        Assert.Equal((asked, saved, false), (_wire.Asked.Count, _store.Saved, _store.WasRemoved));
    }

    [Fact]
    public async Task Secrets_of_the_connection_are_in_no_word_of_its_errors()
    {
        MsalTokenSource tokens = await SignInAsync();
        string token = await tokens.GetAsync(Call);
        _wire.Answer = _ => SignInWire.Refusal("invalid_grant", $"AADSTS70000: {token} and refresh1 are no good");
        PartnerCenterException refused = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.RenewAsync(token, null, Call));
        Assert.DoesNotContain(token, refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("refresh1", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignInKind.User, true, true)]
    [InlineData(SignInKind.Device, true, true)]
    [InlineData(SignInKind.RefreshToken, true, false)]
    [InlineData(SignInKind.RefreshToken, false, false)]
    public async Task Only_a_person_can_be_asked(SignInKind kind, bool isInteractive, bool canAsk)
    {
        await KeepAsync();
        SignInOptions options = kind == SignInKind.RefreshToken ? Options with { IsInteractive = isInteractive } : Device with { Kind = kind, IsInteractive = isInteractive };
        Assert.Equal(canAsk, (await MsalTokenSource.SignInAsync(options, Call, _store, _wire)).CanAsk);
    }

    [Fact]
    public async Task What_the_token_says_of_itself_goes_before_what_was_asked()
    {
        _wire.Claims["appid"] = "by-token";
        _wire.Claims["azp"] = "by-azp";
        MsalTokenSource said = await SignInAsync(Options with { ApplicationId = "app" });
        Assert.Equal(("by-token", "user_impersonation"), (said.Facts.ApplicationId, Assert.Single(said.Facts.Scopes)));
        _wire.Claims["scp"] = null;
        MsalTokenSource silent = await SignInAsync(Options with { ApplicationId = "app" });
        Assert.Equal(["https://api.example/user_impersonation"], silent.Facts.Scopes);
    }
}
