namespace PartnerCenterSR.Testing;

/// <summary>What a test asks a sign-in server to be like, in JSON.</summary>
internal sealed record SignInRequest
{
    /// <summary>The server that is to accept its tokens, and no others from now on.</summary>
    public int For { get; init; }

    public SignInServerOptions Options { get; init; } = new();

    /// <summary>Whether the application must prove itself with a certificate, which the answer brings.</summary>
    public bool NeedsCertificate { get; init; }

    /// <summary>How every grant is refused. Null: by its own merits.</summary>
    public SignInServerOptions.Refusal? Refusal { get; init; }
}
