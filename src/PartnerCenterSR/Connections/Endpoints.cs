using System;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Connections;

/// <summary>Where a token may be sent.</summary>
internal static class Endpoints
{
    /// <exception cref="PartnerCenterException">It would go in the clear.</exception>
    public static Uri Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.EndpointIsNoUrl.With(endpoint.OriginalString));
        }

        return endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback
            ? endpoint
            : throw new PartnerCenterException(ErrorIds.InsecureEndpoint, Messages.InsecureEndpoint.With(endpoint.Authority))
            {
                RecommendedAction = Messages.InsecureEndpointAction,
            };
    }
}
