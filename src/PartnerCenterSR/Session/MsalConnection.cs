using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>A connection that MSAL signs in. Apart from the cmdlet, so that MSAL is loaded only where it is used.</summary>
internal static class MsalConnection
{
    public static async Task<PartnerSession> OpenAsync(SignInOptions options, ConnectionSettings settings, CallOptions call)
    {
        ITokenStore? store = options.IsKept ? await TokenCache.OpenAsync().ConfigureAwait(false) : null;
        if (options.IsKept && store is null)
        {
            call.Observer.Warning(Messages.NoSafeStoreWarning);
        }

        MsalTokenSource tokens = await MsalTokenSource.SignInAsync(options, call, store).ConfigureAwait(false);
        return new(settings, tokens, server: null, forget: tokens.Forget);
    }
}
