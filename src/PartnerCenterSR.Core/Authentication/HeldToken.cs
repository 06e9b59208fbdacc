using System;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>A token that a sign-in brought, and when to renew it.</summary>
internal sealed class HeldToken
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);

    public HeldToken(AuthenticationResult result, TokenFacts? facts, SignInOptions options)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        Token = result.AccessToken;
        TimeSpan left = result.ExpiresOn - now;
        TimeSpan margin = TimeSpan.FromTicks(Math.Min(LongestMargin.Ticks, Math.Max(0, left.Ticks / 10)));
        RenewAt = result.ExpiresOn - margin;
        SignInFacts said = facts?.SignIn ?? SignInFacts.None;
        As = SignedInAs.Of(result, said);
        Facts = said with
        {
            Account = As.Account,
            Tenant = options.Tenant ?? As.Tenant,
            ApplicationId = said.ApplicationId ?? options.ApplicationId,
            Scopes = said.Scopes.Count > 0 ? said.Scopes : [.. result.Scopes],
            ExpiresOn = result.ExpiresOn,
        };
    }

    public string Token { get; }

    public DateTimeOffset RenewAt { get; set; }

    public SignInFacts Facts { get; }

    public SignedInAs As { get; }
}
