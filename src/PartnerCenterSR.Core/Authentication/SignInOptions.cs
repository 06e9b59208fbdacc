using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>How to sign in.</summary>
internal sealed record SignInOptions
{
    /// <summary>The public client that Microsoft's own Partner Center module used.</summary>
    public const string WellKnownApplicationId = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    public SignInKind Kind { get; init; }

    public string ApplicationId { get; init; } = WellKnownApplicationId;

    /// <summary>The tenant by id or domain. Null: that of whoever signs in.</summary>
    public string? Tenant { get; init; }

    /// <summary>The sign-in service, without the tenant.</summary>
    public Uri Authority { get; init; } = null!;

    /// <summary>The API for which the token is to be.</summary>
    public Uri Endpoint { get; init; } = null!;

    /// <summary>Where <see cref="Kind"/> is <see cref="SignInKind.RefreshToken"/>.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The application's secret. Null: it proves itself otherwise, or is a public client.</summary>
    public string? ApplicationSecret { get; init; }

    /// <summary>The application's certificate, with its private key. Null: as above.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Gives an assertion that proves the application, whenever one is needed. Null: as above.</summary>
    public Func<CallOptions, Task<string>>? Assertion { get; init; }

    /// <summary>The longest that one call to the sign-in service may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether what the sign-in gives is kept, encrypted, for later processes of the user.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether a person is there to be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Told of each new refresh token. Null: nobody is.</summary>
    public Action<string>? Rotated { get; init; }

    /// <summary>From where the time comes at which a token ends.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What else must never be shown: what the sign-in brought since.</summary>
    public IReadOnlyList<string> FurtherSecrets { get; init; } = [];

    public string[] Scopes => [Endpoint.GetLeftPart(UriPartial.Authority) + "/user_impersonation"];
}
