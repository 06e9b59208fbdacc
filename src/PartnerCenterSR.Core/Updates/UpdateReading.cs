using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What one update reads of its request: the evidence while it is open, and the request as it is after a success.</summary>
internal sealed partial class UpdateReading(UpdateRunContext run, ServiceRequestUpdate update, UnfinishedUpdate? unfinished)
{
    private readonly PartnerSession _session = run.Session;
    private readonly long _hash = update.Changes.Note is { } note ? NoteText.Hash(note) : 0;

    /// <summary>When it was sent, here or by another process.</summary>
    public SendingTimes Times { get; } = new(run.Session, unfinished);

    public string CorrelationId { get; init; } = string.Empty;

    /// <summary>What others are told of its note, and tell of theirs.</summary>
    public OwnNote Own { get; } = new(run.Known, update, run.Session.Clock, unfinished?.RequestId);

    /// <summary>Why the last reading failed. Null: it did not.</summary>
    public PartnerCenterException? LastError { get; private set; }

    /// <summary>Whether another reading would fail in the same way.</summary>
    public bool IsRefused => LastError is not null && !CallErrors.IsTransient(LastError);

    /// <summary>Reads the request and judges by it.</summary>
    /// <returns>Null: it could not be read.</returns>
    public async Task<Judgement?> ReadAsync(bool isSettled, ServiceRequestChanges asked)
    {
        if (await ReadOnceAsync(isSettled ? Times.OpenFrom + _session.Settings.SettleTime : Times.From).ConfigureAwait(false) is not { } answer)
        {
            return null;
        }

        if (answer.Response.Date < Times.LastSentAt - ServiceClock.Skew)
        {
            LastError = OldAnswer();
            return null;
        }

        IReadOnlyList<KnownNote> others = Own.Others;
        LearnFrom(answer, others);
        Evidence evidence = EvidenceOf(answer.Request, answer.Response, others, isSettled);
        (Verdict verdict, ServiceRequestChanges rest) = run.Judge.Decide(evidence, asked);
        return new(verdict, rest, evidence, new(update, UpdateOutcome.Succeeded) { Request = answer.Request, SeenBy = ServiceClock.Latest(answer.Response) });
    }

    private Evidence EvidenceOf(ServiceRequest found, ApiResponse response, IReadOnlyList<KnownNote> others, bool isSettled) => new()
    {
        Found = found,
        ReadAt = response.Date,
        SentAt = Times.Earliest(response),
        FreshFrom = Times.Latest(response),
        SettledFrom = (Times.LastSentAt ?? Times.SentAt) + (Times.OpenFrom - Times.From) + _session.Settings.SettleTime,
        ShownUntil = response.Date - _session.Settings.SettleTime + ServiceClock.Skew,
        ToldUntil = response.MadeAt - response.Took - _session.Settings.SettleTime,
        IsSettled = isSettled,
        Known = others,
        NotesFrom = Times.FirstSteady + _session.ServiceClock.NotesAhead - ServiceClock.Skew,
        ChangesFrom = Times.FirstSteady + _session.ServiceClock.ChangesAhead - ServiceClock.Skew,
        NotesKeepToClock = _session.ServiceClock.NotesKeepToIt,
        ChangesKeepToClock = _session.ServiceClock.ChangesKeepToIt,
        IsClockContradicted = _session.ServiceClock.IsContradicted,
        Rules = run.Judge.Rules,
    };

    public PartnerCenterException Unknown(string message, PartnerCenterException? cause) => new(ErrorIds.OutcomeUnknown, message, cause)
    {
        StatusCode = cause?.StatusCode,
        RetryAfter = cause?.RetryAfter,
        ServiceErrorCode = cause?.ServiceErrorCode,
        ServiceMessage = cause?.ServiceMessage,
        RequestId = cause?.RequestId,
        CorrelationId = CorrelationId,
        RecommendedAction = Messages.OutcomeUnknownAction,
    };

    /// <param name="from">What somebody on the way kept from before shows neither what came nor what did not.</param>
    private async Task<ServiceRequestAnswer?> ReadOnceAsync(DateTimeOffset from)
    {
        LastError = null;
        try
        {
            ServiceRequestAnswer answer = await _session.Client.ReadOnceAsync(update.Id, update.CustomerId, run.Options, CorrelationId).ConfigureAwait(false);
            return answer.Response.Age > TimeSpan.Zero && answer.Response.MadeAt < from ? throw OldAnswer() : answer;
        }
        catch (OperationCanceledException) when (run.Options.IsStopping)
        {
            throw;
        }
        catch (PartnerCenterException error)
        {
            run.Failing(LastError = error);
        }
        catch (Exception error)
        {
            LastError = new(ErrorIds.MalformedResponse, Messages.Unforeseen.With(error.Message), error);
        }

        return null;
    }

    /// <summary>What it read is older than what is known.</summary>
    public void Doubt() => LastError = OldAnswer();

    private PartnerCenterException OldAnswer() => new(ErrorIds.MalformedResponse, Messages.OldAnswer.With(update.Id));

    /// <summary>Notes of earlier updates, also of other processes, show whether the service keeps its dates.</summary>
    private void LearnFrom(ServiceRequestAnswer answer, IReadOnlyList<KnownNote> others)
    {
        if (_session.ServiceClock.NotesKeepToIt)
        {
            return;
        }

        ILookup<long, KnownNote> known = others.ToLookup(other => other.Hash);
        ILookup<long, ServiceRequestNote> shown = (answer.Request.Notes ?? []).ToLookup(note => NoteText.Hash(note.Text));
        foreach (IGrouping<long, KnownNote> only in known.Where(twins => twins.Count() == 1 && shown[twins.Key].Count() == 1))
        {
            if (only.Single() is { IsConfirmed: true, SentAt: { } sentAt, SeenBy: { } seen } one && IsOfThisClock(one, answer.Response) && shown[only.Key].Single().CreatedAt is { } date)
            {
                _session.ServiceClock.SawKnownNote(date, sentAt, seen, one.ToldAt);
            }
        }
    }

    /// <summary>Whether another process had the service's time from the clock that there is now, by the machines' dates.</summary>
    private bool IsOfThisClock(KnownNote note, ApiResponse response) =>
        note.Ahead is not { } then || (response.Date - _session.Clock.WallNow is { } now && then >= now - ServiceClock.Skew && then <= now + ServiceClock.Skew);

    /// <param name="Verdict">What is known.</param>
    /// <param name="Rest">What is still to be sent, where it is there by half.</param>
    /// <param name="Evidence">By what.</param>
    /// <param name="Result">The success, where it is there.</param>
    internal sealed record Judgement(Verdict Verdict, ServiceRequestChanges Rest, Evidence Evidence, UpdateResult Result);
}
