using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>How an update ends, what of it is written down, and what ends a run.</summary>
internal sealed partial class UpdateEngine
{
    /// <summary>Behind some failures nothing can be sent.</summary>
    private void EndBy(PartnerCenterException error)
    {
        if (UpdateResult.EndsRun(error) || RetryPolicy.IsTooLong(error))
        {
            // Why a row is unknown is why the others are not sent; that it is unknown is its own.
            _end.Set(error.ErrorId == ErrorIds.OutcomeUnknown && error.InnerException is PartnerCenterException why ? why : error);
        }
    }

    private UpdateResult Fail(UpdateLoop loop, JournalClaim? claim, ServiceRequestUpdate update, PartnerCenterException error)
    {
        PartnerCenterException root = error.InnerException is PartnerCenterException inner && inner.ErrorId == error.ErrorId ? inner : error;
        PartnerCenterException told = loop.MayBeThere ? loop.Unknown(root) : error;
        UpdateOutcome outcome = told.ErrorId == ErrorIds.OutcomeUnknown ? UpdateOutcome.Unknown : UpdateOutcome.Failed;
        return Close(loop, claim, new(update, outcome) { Error = told, Attempts = loop.Sent });
    }

    private async Task BeginAsync(JournalClaim claim, ServiceRequestUpdate update, UpdateLoop loop)
    {
        Task written = _journal!.BeginAsync(claim, update, loop.Asked, loop.RequestId, loop.CorrelationId, _session.Clock.WallNow, _session.ServiceClock.At(_session.Clock.Now), loop.IsHalf);
        using CancellationTokenSource late = _session.Clock.After(PatientWrite);
        using (late.Token.Register(TellOfDisk))
        {
            await written.ConfigureAwait(false);
        }
    }

    private void TellOfDisk()
    {
        if (Interlocked.Exchange(ref _isDiskTold, 1) == 0)
        {
            _options.Observer.Warning(Messages.JournalIsSlow.With(_journal!.Name, PatientWrite.TotalSeconds));
        }
    }

    private UpdateResult Close(UpdateLoop loop, JournalClaim? claim, UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        bool isThere = result.Outcome == UpdateOutcome.Succeeded || loop.IsNoteThere;
        if (loop.HasSentNote && (isThere || (result.Outcome == UpdateOutcome.Unknown && loop.MayNoteBeThere)))
        {
            loop.Own.Tell(loop.RequestId, loop.FirstSentAt, result.SeenBy, isThere);
        }
        else
        {
            loop.Own.Withdraw();
        }

        if (claim is not null && result.Error?.ErrorId != ErrorIds.InvalidJournal)
        {
            // What an earlier run left open has been sent, for all that anybody knows.
            _journal!.End(claim, result.Outcome, Reason(result), claim.Unfinished is null ? loop.Sent : Math.Max(1, loop.Sent), loop.CorrelationId, _session.Clock.WallNow, result.SeenBy);
        }

        if (result.Request is { } request)
        {
            _session.Recent.Add(request);
        }

        return result;
    }

    /// <summary>What the journal gives as the reason. Null: it succeeded.</summary>
    private static PartnerCenterException? Reason(UpdateResult result) =>
        result is { WasStopped: true, Outcome: UpdateOutcome.Failed } ? new(ErrorIds.NotSent, Messages.NotSentStopped.With(result.Update.Id)) : result.Outcome == UpdateOutcome.Succeeded ? null : result.Error;
}
