using System;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>Where a token may be sent.</summary>
internal static class Endpoints
{
    private const string Version = "/v1";

    /// <exception cref="PartnerCenterException">It would go in the clear.</exception>
    public static Uri Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.EndpointIsNoUrl.With(Redaction.CleanAddresses(endpoint.OriginalString)));
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.EndpointHasUser.With(endpoint.Authority));
        }

        return endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback
            ? WithoutVersion(endpoint)
            : throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.InsecureEndpoint.With(endpoint.Authority))
            {
                RecommendedAction = Messages.InsecureEndpointAction,
            };
    }

    /// <exception cref="PartnerCenterException">It is not https.</exception>
    public static Uri CheckAuthority(Uri authority) => authority.IsAbsoluteUri && authority.Scheme == Uri.UriSchemeHttps && authority.UserInfo.Length == 0
        ? authority
        : throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.InsecureAuthority.With(Redaction.CleanAddresses(authority.OriginalString)));

    /// <summary>An address that was copied with the version of the API, which every route brings.</summary>
    private static Uri WithoutVersion(Uri endpoint)
    {
        string path = endpoint.AbsolutePath.TrimEnd('/');
        return path.EndsWith(Version, StringComparison.OrdinalIgnoreCase)
            ? new UriBuilder(endpoint) { Path = path.Substring(0, path.Length - Version.Length) + "/", Query = string.Empty }.Uri
            : endpoint;
    }
}
