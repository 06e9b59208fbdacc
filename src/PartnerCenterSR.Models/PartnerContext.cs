using System;
using System.Collections.Generic;

namespace PartnerCenterSR;

/// <summary>A connection to Partner Center: who is signed in, where, and until when. It never shows a secret.</summary>
public sealed class PartnerContext
{
    private readonly Func<SignInFacts> _facts;

    internal PartnerContext(object session, Func<SignInFacts> facts)
    {
        Session = session;
        _facts = facts;
    }

    /// <summary>Who is signed in. Null: the token does not say.</summary>
    public string? Account => _facts().Account;

    /// <summary>The partner's tenant, as named at sign-in or by the token. Null: neither says.</summary>
    public string? Tenant => _facts().Tenant;

    /// <summary>The cloud.</summary>
    public PartnerEnvironment Environment { get; internal init; }

    /// <summary>Where the API is.</summary>
    public Uri Endpoint { get; internal init; } = null!;

    /// <summary>The way of signing in.</summary>
    public SignInKind SignIn { get; internal init; }

    /// <summary>The application that the token was issued to. Null: unknown.</summary>
    public string? ApplicationId => _facts().ApplicationId;

    /// <summary>What the token allows. Empty: the token does not say.</summary>
    public IReadOnlyList<string> Scopes => _facts().Scopes;

    /// <summary>When the present token ends, in local time. Null: the token does not say.</summary>
    public DateTime? ExpiresOn => _facts().ExpiresOn?.LocalDateTime;

    /// <summary>Whether the user signed in with a second factor (MFA), by the service's own word. Null: it has not said.</summary>
    public bool? Mfa => _facts().Mfa;

    /// <summary>Whether the token can be renewed without asking anyone.</summary>
    public bool CanRenew { get; internal init; }

    /// <summary>The connection itself, for the cmdlets of this module.</summary>
    internal object Session { get; }

    /// <summary>Account, tenant and environment.</summary>
    public override string ToString() =>
        string.Join(" ", Account ?? SignIn.ToString(), Tenant, Environment).Replace("  ", " ");
}
