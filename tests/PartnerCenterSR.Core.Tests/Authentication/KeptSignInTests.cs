using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public class KeptSignInTests
{
    private static readonly CallOptions Call = new(new RecordingObserver(), CancellationToken.None);

    [Fact]
    public async Task Processes_that_share_a_kept_sign_in_use_each_refresh_token_once()
    {
        using SignInServer signIn = SignInServer.Start(new() { Audience = "https://api.example" });
        MemoryTokenStore store = new();
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

    private static Task<MsalTokenSource> SignInAsync(SignInServer signIn, ITokenStore store, string? tenant = null) => MsalTokenSource.SignInAsync(
        new() { Kind = SignInKind.Device, Authority = signIn.Authority, Endpoint = new("https://api.example"), IsInteractive = true, Tenant = tenant }, Call, store, new Trusting());
}
