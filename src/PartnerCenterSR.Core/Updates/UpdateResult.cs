using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

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

    /// <summary>Whether the run was stopped before it ended.</summary>
    public bool WasStopped { get; init; }

    /// <summary>How often the update was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether what stands behind it on the same request must not be sent: it may yet come, or would come too late.</summary>
    public bool IsInTheWay => Outcome is not (UpdateOutcome.Succeeded or UpdateOutcome.Unchanged) && !IsRefusedForGood;

    /// <summary>Whether it was not sent at all, since it waits for another or the run has ended.</summary>
    public bool IsNotSent => Outcome == UpdateOutcome.Failed && !WasRefused && (WasStopped || (Error is { } error
        && (error.ErrorId == ErrorIds.NotSent || IsEnd || (error.InnerException as PartnerCenterException)?.ErrorId == error.ErrorId)));

    /// <summary>Whether with it the whole run has ended: it is told once, for all that follow too.</summary>
    public bool IsEnd => Outcome == UpdateOutcome.Failed && Error is { } error && EndsRun(error);

    /// <summary>Whether an error is one of the connection, the sign-in or the journal, behind which nothing can be sent.</summary>
    public static bool EndsRun(PartnerCenterException error) => error.ErrorId is ErrorIds.InvalidJournal or ErrorIds.ServiceDown or ErrorIds.MfaRequired
        or ErrorIds.NotConnected or ErrorIds.Unauthenticated or ErrorIds.SignInFailed or ErrorIds.TokenExpired;

    private bool IsRefusedForGood => this is { Outcome: UpdateOutcome.Failed, Error: { } error }
        && error.ErrorId != ErrorIds.NotSent && error.StatusCode is >= 400 and < 500 && !CallErrors.IsTransient(error);

    public static UpdateResult NotSent(ServiceRequestUpdate update, string reason) =>
        new(update, UpdateOutcome.Failed) { Error = new(ErrorIds.NotSent, reason) { RecommendedAction = Messages.NotSentAction } };

    /// <summary>Not sent, since the run has ended.</summary>
    public static UpdateResult NotSent(ServiceRequestUpdate update, PartnerCenterException ended) => new(update, UpdateOutcome.Failed)
    {
        Error = new(ended.ErrorId, Messages.NotSentAfterSignInEnded.With(update.Id, ended.Message), ended)
        {
            StatusCode = ended.StatusCode,
            ServiceErrorCode = ended.ServiceErrorCode,
            ServiceMessage = ended.ServiceMessage,
            RecommendedAction = ended.RecommendedAction,
        },
    };
}
