using System;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Who a connection stands for, for good: one account in one tenant. Null: it is not known.</summary>
internal sealed record SignedInAs(string? HomeAccount, string? Account, string? Tenant)
{
    public static SignedInAs Of(AuthenticationResult result, SignInFacts said) =>
        new(result.Account?.HomeAccountId?.Identifier, result.Account?.Username ?? said.Account, result.TenantId ?? said.Tenant);

    /// <summary>Whether it may be the same: what either side does not tell is no difference.</summary>
    public bool MayBe(SignedInAs other) =>
        MayBe(HomeAccount, other.HomeAccount) && (HomeAccount is not null && other.HomeAccount is not null || MayBe(Account, other.Account)) && MayBe(Tenant, other.Tenant);

    private static bool MayBe(string? one, string? other) => one is null || other is null || string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
