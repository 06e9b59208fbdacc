using System;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Signs in without asking: by what MSAL holds, or what is kept on this machine, which other processes use too.</summary>
/// <param name="application">The application that signs in.</param>
/// <param name="options">How.</param>
/// <param name="store">Where sign-ins are kept. Null: in memory only.</param>
internal sealed class SilentSignIn(MsalApplication application, SignInOptions options, ITokenStore? store)
{
    /// <returns>Null: nothing is kept, or not enough any more.</returns>
    public async Task<AuthenticationResult?> FirstAsync(CallOptions call)
    {
        IAccount? kept = store is null ? null : KeptAccounts.Choose(await application.Base.GetAccountsAsync().ConfigureAwait(false), options.Tenant);
        if (kept is null)
        {
            return null;
        }

        try
        {
            using IDisposable? others = store?.Lock();
            return await application.Base.AcquireTokenSilent(options.Scopes, kept).ExecuteAsync(call.Cancellation).ConfigureAwait(false);
        }
        catch (MsalUiRequiredException)
        {
            // The person is asked.
            return null;
        }
    }

    /// <param name="account">Whose sign-in it is.</param>
    /// <param name="held">The token that is no good any more.</param>
    /// <param name="claims">What the service demands of the new one. Null: nothing more.</param>
    /// <param name="call">The command's.</param>
    /// <exception cref="MsalUiRequiredException">A person must be asked.</exception>
    public async Task<AuthenticationResult> AgainAsync(IAccount? account, HeldToken? held, string? claims, CallOptions call)
    {
        using IDisposable? others = store?.Lock();
        if (store is not null && claims is null
            && await application.Base.AcquireTokenSilent(options.Scopes, account).ExecuteAsync(call.Cancellation).ConfigureAwait(false) is { } kept
            && kept.AccessToken != held?.Token && kept.ExpiresOn > held?.Facts.ExpiresOn)
        {
            // Another process has renewed it already.
            return kept;
        }

        AcquireTokenSilentParameterBuilder silent = application.Base.AcquireTokenSilent(options.Scopes, account).WithForceRefresh(true);
        return await (claims is null ? silent : silent.WithClaims(claims)).ExecuteAsync(call.Cancellation).ConfigureAwait(false);
    }
}
