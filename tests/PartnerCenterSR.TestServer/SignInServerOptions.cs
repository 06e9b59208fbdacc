using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace PartnerCenterSR.Testing;

/// <summary>What the sign-in service is like.</summary>
internal sealed record SignInServerOptions
{
    public const string TenantId = "11111111-2222-3333-4444-555555555555";

    /// <summary>For whom its tokens are.</summary>
    public string Audience { get; init; } = string.Empty;

    public string Account { get; init; } = "admin@contoso.example";

    /// <summary>How long an access token serves.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    public bool Mfa { get; init; } = true;

    /// <summary>Whether a sign-in that demands MFA by its claims has it.</summary>
    public bool MfaOnClaims { get; init; } = true;

    /// <summary>The account of the tokens after the first so many. Null: always the same.</summary>
    public string? OtherAccount { get; init; }

    public int OtherAccountAfter { get; init; } = 1;

    /// <summary>Of the calls for a token, from 1, the first that is never answered.</summary>
    public int HangsFrom { get; init; } = int.MaxValue;

    /// <summary>Of the calls for a token, from 1, the first that a portal of the network answers with a page, and the last.</summary>
    public int PortalFrom { get; init; } = int.MaxValue;

    public int PortalTo { get; init; } = int.MaxValue;

    /// <summary>Whether a refusal repeats what was asked.</summary>
    public bool Echoes { get; init; }

    /// <summary>The subject that an assertion of another issuer must have. Null: none is taken.</summary>
    public string? FederatedSubject { get; init; }

    /// <summary>Whether a refresh token serves once only.</summary>
    public bool Rotates { get; init; } = true;

    /// <summary>Refresh tokens that it knows from the beginning.</summary>
    public IReadOnlyList<string> RefreshTokens { get; init; } = [];

    /// <summary>What the first polls for a device code are told.</summary>
    public IReadOnlyList<string> DevicePolls { get; init; } = [];

    /// <summary>The error with which the browser comes back. Null: it comes back with a code.</summary>
    public string? RefuseBrowser { get; init; }

    /// <summary>Whether and how to refuse a grant. Null: by its own merits.</summary>
    [JsonIgnore]
    public Func<string, Refusal?>? Refuse { get; init; }

    /// <summary>Of the calls for a token, from 1, the first and the last that fail for now.</summary>
    public int FailsFrom { get; init; } = int.MaxValue;

    public int FailsTo { get; init; } = int.MaxValue;

    /// <summary>The secret that the application must show. Null: none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The certificate with which the application must prove itself. Null: none.</summary>
    [JsonIgnore]
    public X509Certificate2? ClientCertificate { get; init; }

    internal sealed record Refusal(string Error, string Description, string? SubError = null, string? Claims = null);
}
