using System;
using System.Collections.Generic;

namespace PartnerCenterSR;

/// <summary>What a token says of a sign-in. Null: it does not say.</summary>
internal sealed record SignInFacts
{
    public static SignInFacts None { get; } = new();

    public string? Account { get; init; }

    public string? Tenant { get; init; }

    public string? ApplicationId { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset? ExpiresOn { get; init; }

    public bool? Mfa { get; init; }
}
