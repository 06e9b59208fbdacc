using System;
using System.Linq;

namespace PartnerCenterSR.Core.Journal;

/// <summary>The connection that a journal is for. Another one's updates are others.</summary>
/// <param name="Endpoint">The API's origin.</param>
/// <param name="Tenant">The partner's tenant. Null: unknown.</param>
/// <param name="Account">Who is signed in. Null: unknown.</param>
internal sealed record JournalBinding(string Endpoint, string? Tenant, string? Account)
{
    /// <summary>Whether a journal of one may be gone on with by the other; what one of them does not know is no difference.</summary>
    public bool Allows(JournalBinding other) => Same(Endpoint, other.Endpoint)
        && (Tenant is null || other.Tenant is null || Same(Tenant, other.Tenant))
        && (Account is null || other.Account is null || Same(Account, other.Account));

    public override string ToString() => string.Join(", ", new[] { Endpoint, Tenant, Account }.Where(part => !string.IsNullOrEmpty(part)));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
