using System;
using System.Collections.Generic;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Counts what becomes of the updates of one run.</summary>
/// <param name="journalPath">The journal. Null: none is kept.</param>
/// <param name="clock">By which its time is measured, from now on.</param>
internal sealed class UpdateTally(string? journalPath, Clock clock)
{
    private const long WorthTelling = 10;

    private readonly DateTimeOffset _start = clock.Now;
    private readonly UpdateSummary _summary = new() { JournalPath = journalPath };
    private readonly List<string> _notSent = [];
    private long _expected;

    /// <summary>A few updates that all went well need no words.</summary>
    public bool IsWorthTelling => _summary.Total >= WorthTelling || _summary.Total > _summary.Succeeded + _summary.Unchanged;

    /// <summary>Whether it is more than a few: then also an end before its time says what was done.</summary>
    public bool IsLarge => _summary.Total >= WorthTelling;

    /// <summary>Tells that so many more will come.</summary>
    public void Expect(long count) => _expected += count;

    /// <summary>Whether what it names is written down elsewhere.</summary>
    public bool HasJournal => journalPath is not null;

    /// <summary>One was taken in.</summary>
    /// <param name="isExpected">Whether it is one of those that were told to come.</param>
    public void Take(bool isExpected) => _expected -= isExpected ? 1 : 0;

    /// <summary>What was told to come, and will not be taken in any more, was not sent.</summary>
    public void CountNotTaken() => (_summary.NotSent, _expected) = (_summary.NotSent + _expected, 0);

    /// <summary>A row so bad that it was not even taken in.</summary>
    public void CountRefused() => _summary.Failed++;

    /// <summary>How one of them ended.</summary>
    public void Count(UpdateResult result)
    {
        switch (result.Outcome)
        {
            case UpdateOutcome.Unchanged:
                _summary.Unchanged++;
                break;
            case UpdateOutcome.Unknown:
                _summary.Unknown++;
                break;
            case UpdateOutcome.Failed:
                CountFailed(result);
                break;
            default:
                (_summary.Succeeded, _summary.Skipped) = result.SkippedAs is null ? (_summary.Succeeded + 1, _summary.Skipped) : (_summary.Succeeded, _summary.Skipped + 1);
                break;
        }
    }

    private void CountFailed(UpdateResult result)
    {
        if (!result.IsNotSent)
        {
            _summary.Failed++;
            return;
        }

        _summary.NotSent++;
        _notSent.Add(result.Update.Id);
    }

    /// <summary>What the run has come to by now.</summary>
    public UpdateSummary Summary()
    {
        _summary.Duration = clock.Now - _start;
        return _summary;
    }

    /// <summary>The end of a run with what it has come to: rows of a file that were not even taken in were not sent.</summary>
    /// <param name="end">Why it ended.</param>
    /// <param name="isInputRead">Whether all of the input was looked at, or counted.</param>
    public PartnerCenterException Explain(PartnerCenterException end, bool isInputRead)
    {
        CountNotTaken();
        string ids = _notSent.Count > 0 ? Messages.RunEndedIds.With(FirstIds.Of(_notSent)) : string.Empty;
        string told = Messages.RunEnded.With(end.Message, _summary.Succeeded + _summary.Unchanged + _summary.Skipped, _summary.Failed, _summary.Unknown, _summary.NotSent, ids);
        told = isInputRead ? told : told + Messages.InputNotRead;
        return new(end.ErrorId, told, end) { StatusCode = end.StatusCode, ServiceErrorCode = end.ServiceErrorCode, ServiceMessage = end.ServiceMessage, CorrelationId = end.CorrelationId, RecommendedAction = end.RecommendedAction };
    }
}
