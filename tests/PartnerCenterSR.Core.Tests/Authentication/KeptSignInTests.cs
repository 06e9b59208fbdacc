using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public class KeptSignInTests
{
    private static readonly CallOptions Call = new(new RecordingObserver(), CancellationToken.None);

    [Theory]
    [InlineData(null, "a@contoso.example", "a@contoso.example")]
    [InlineData(null, "a@contoso.example b@fabrikam.example", null)]
    [InlineData("fabrikam.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("FABRIKAM.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("contoso.example", "a@contoso.example b@contoso.example", null)]
    [InlineData("tenant-of-b@fabrikam.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("wingtip.example", "a@contoso.example", null)]
    public void Of_several_accounts_the_tenant_decides_or_a_person(string? tenant, string kept, string? chosen) =>
        Assert.Equal(chosen, KeptAccounts.Choose(kept.Split(' ').Select(name => new Account(name)), tenant)?.Username);

    [Fact]
    public async Task Processes_that_share_a_kept_sign_in_use_each_refresh_token_once()
    {
        using SignInServer signIn = SignInServer.Start(new() { Audience = "https://api.example" });
        MemoryStore store = new();
        MsalTokenSource first = await SignInAsync(signIn, store);
        MsalTokenSource[] processes = [first, await SignInAsync(signIn, store), await SignInAsync(signIn, store)];
        for (int round = 0; round < 3; round++)
        {
            // Each is told by the service that its token is no good; the tokens may differ by now.
            await Task.WhenAll(processes.Select(async process => await process.RenewAsync(await process.GetAsync(Call), null, Call)));
        }

        // A refresh token that is used twice is refused by the server, and then a person would have been asked: one grant by code only.
        Assert.Single(signIn.Grants, grant => grant == "device_code");
    }

    [Fact]
    public async Task Forgetting_one_account_leaves_the_others_and_their_file()
    {
        MemoryStore store = new();
        using SignInServer one = SignInServer.Start(new() { Audience = "https://api.example", Account = "a@contoso.example" });
        MsalTokenSource first = await SignInAsync(one, store);
        using SignInServer two = SignInServer.Start(new() { Audience = "https://api.example", Account = "b@fabrikam.example" });
        MsalTokenSource second = await SignInAsync(two, store, "fabrikam.example");
        second.Forget();
        Assert.False(store.WasRemoved);
        Assert.Contains("a@contoso.example", System.Text.Encoding.UTF8.GetString(store.Load()), StringComparison.Ordinal);
        Assert.DoesNotContain("b@fabrikam.example", System.Text.Encoding.UTF8.GetString(store.Load()), StringComparison.Ordinal);
        Assert.NotNull(await first.GetAsync(Call));
    }

    [Fact]
    public async Task What_has_ended_neither_renews_nor_keeps()
    {
        MemoryStore store = new();
        using SignInServer signIn = SignInServer.Start(new() { Audience = "https://api.example" });
        MsalTokenSource tokens = await SignInAsync(signIn, store);
        string token = await tokens.GetAsync(Call);
        tokens.End();
        int saved = store.Saved;
        foreach (Func<Task<string>> use in new Func<Task<string>>[] { () => tokens.GetAsync(Call), () => tokens.RenewAsync(token, null, Call), () => tokens.AskAsync(token, ClaimsChallenge.Mfa, Call) })
        {
            Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(use)).ErrorId);
        }

        Assert.Equal(saved, store.Saved);
        Assert.Single(signIn.Grants);
    }

    private static Task<MsalTokenSource> SignInAsync(SignInServer signIn, ITokenStore store, string? tenant = null) => MsalTokenSource.SignInAsync(
        new() { Kind = SignInKind.Device, Authority = signIn.Authority, Endpoint = new("https://api.example"), IsInteractive = true, Tenant = tenant }, Call, store, new Trusting());

    private sealed class MemoryStore : ITokenStore
    {
        private readonly SemaphoreSlim _lock = new(1, 1);
        private byte[] _cache = [];

        public int Saved { get; private set; }

        public bool WasRemoved { get; private set; }

        public byte[] Load() => _cache;

        public void Save(byte[] cache) => (_cache, Saved) = (cache, Saved + 1);

        public IDisposable Lock()
        {
            _lock.Wait();
            return new Release(_lock);
        }

        public void Remove() => WasRemoved = true;

        private sealed class Release(SemaphoreSlim turn) : IDisposable
        {
            public void Dispose() => turn.Release();
        }
    }

    private sealed class Account(string name) : IAccount
    {
        public string Username => name;

        public string Environment => string.Empty;

        public AccountId HomeAccountId => new("o." + "tenant-of-" + name, "o", "tenant-of-" + name);
    }
}
