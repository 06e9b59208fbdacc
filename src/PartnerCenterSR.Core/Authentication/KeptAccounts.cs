using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Which of the accounts kept on this machine is meant.</summary>
internal static class KeptAccounts
{
    /// <param name="accounts">Those that are kept.</param>
    /// <param name="tenant">The tenant that was named, by id or domain. Null: none was.</param>
    /// <returns>Null: none is, or several may be; then a person says.</returns>
    public static IAccount? Choose(IEnumerable<IAccount> accounts, string? tenant)
    {
        IAccount[] all = [.. accounts];
        IAccount[] meant = tenant is null ? all : Array.FindAll(all, account => IsIn(account, tenant));
        return meant.Length == 1 ? meant.Single() : null;
    }

    private static bool IsIn(IAccount account, string tenant) =>
        string.Equals(account.HomeAccountId?.TenantId, tenant, StringComparison.OrdinalIgnoreCase)
        || account.Username?.EndsWith("@" + tenant, StringComparison.OrdinalIgnoreCase) == true;
}
