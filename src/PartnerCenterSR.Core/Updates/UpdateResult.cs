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

    /// <summary>Whether an earlier run with the same journal had done it already.</summary>
    public bool WasSkipped { get; init; }

    /// <summary>Whether it was so bad that it could not be sent.</summary>
    public bool WasRefused { get; init; }

    /// <summary>How often the update was sent.</summary>
    public int Attempts { get; init; }
}
