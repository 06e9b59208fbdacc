using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Session;

/// <summary>A connection that MSAL signs in. Apart from the cmdlet, so that MSAL is loaded only where it is used.</summary>
internal static class MsalConnection
{
    public static async Task<PartnerSession> OpenAsync(SignInOptions options, ConnectionSettings settings, CallOptions call)
    {
        MsalTokenSource tokens = await MsalTokenSource.SignInAsync(options, call).ConfigureAwait(false);
        return new(settings, tokens, server: null, forget: tokens.Forget);
    }
}
