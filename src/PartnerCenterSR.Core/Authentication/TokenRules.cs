using System;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What a token must be for service requests.</summary>
internal static class TokenRules
{
    /// <summary>The API's application id.</summary>
    public const string ApiApplicationId = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";

    /// <param name="facts">What the token says. Null: it is no JWT, and is just used.</param>
    /// <param name="endpoint">Where it is to be used.</param>
    /// <param name="now">The time. Null: the token has only just come.</param>
    /// <exception cref="PartnerCenterException">The service would refuse it.</exception>
    public static void Check(TokenFacts? facts, Uri endpoint, DateTimeOffset? now)
    {
        if (facts is null)
        {
            return;
        }

        if (facts.IsAppOnly)
        {
            throw new PartnerCenterException(ErrorIds.AppOnlyToken, Messages.AppOnlyToken) { RecommendedAction = Messages.AppOnlyCure };
        }

        if (facts.SignIn.ExpiresOn is { } end && end <= now)
        {
            throw new PartnerCenterException(ErrorIds.TokenExpired, Messages.TokenExpired.With(end.LocalDateTime)) { RecommendedAction = Messages.TokenExpiredAction };
        }

        if (facts.Audiences.Count > 0 && !facts.Audiences.Any(audience => IsFor(audience, endpoint)))
        {
            throw new PartnerCenterException(ErrorIds.WrongAudience, Messages.WrongAudience.With(string.Join(", ", facts.Audiences), endpoint.GetLeftPart(UriPartial.Authority)))
            {
                RecommendedAction = Messages.WrongAudienceAction.With(endpoint.GetLeftPart(UriPartial.Authority)),
            };
        }
    }

    private static bool IsFor(string audience, Uri endpoint) =>
        string.Equals(audience, ApiApplicationId, StringComparison.OrdinalIgnoreCase)
        || string.Equals(audience.TrimEnd('/'), endpoint.AbsoluteUri.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
