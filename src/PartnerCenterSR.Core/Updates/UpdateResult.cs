namespace PartnerCenterSR.Core.Updates;

/// <summary>How one update ended.</summary>
/// <param name="Update">The update.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record UpdateResult(ServiceRequestUpdate Update, UpdateOutcome Outcome)
{
    /// <summary>The request as it is after a success. Null: it failed, was skipped, or could not be read.</summary>
    public ServiceRequest? Request { get; init; }

    /// <summary>Why it failed; after a success, why the request could not be read back. Null: neither.</summary>
    public PartnerCenterException? Error { get; init; }

    /// <summary>When an earlier run with the same journal had done it. Null: none had.</summary>
    public System.DateTimeOffset? SkippedAs { get; init; }

    /// <summary>When it was certainly there, by the service's clock. Null: it is not, or that is not known.</summary>
    public System.DateTimeOffset? SeenBy { get; init; }

    /// <summary>What the service accepted, and does not show. Null: it shows all.</summary>
    public string? Contradiction { get; init; }

    /// <summary>Whether it was so bad that it could not be sent.</summary>
    public bool WasRefused { get; init; }

    /// <summary>How often the update was sent.</summary>
    public int Attempts { get; init; }
}
