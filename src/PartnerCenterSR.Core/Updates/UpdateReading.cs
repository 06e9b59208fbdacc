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
    private (DateTimeOffset Steady, DateTimeOffset Wall)? _firstSent;

    // Of what was sent since it was last known that nothing is there: what is older is not ours.
    private (DateTimeOffset Steady, DateTimeOffset Wall)? _freshFrom;
    private DateTimeOffset? _freshFromThere = unfinished?.SentAt;
    private DateTimeOffset? _lastSentAt;

    // What another process sent may have left just before this one began.
    private DateTimeOffset _lastSent = run.Session.Clock.Now;
    private bool _isRest;
    private bool _wasSent = unfinished is not null;

    /// <summary>When the update was first sent, by the service's clock, rather too early than too late. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt { get; private set; } = unfinished?.FirstSentAt;

    /// <summary>The same of what is sent now, which is the rest of the update where it landed by half.</summary>
    public DateTimeOffset? SentAt { get; private set; } = unfinished?.SentAt;

    public string CorrelationId { get; init; } = string.Empty;

    /// <summary>What others are told of its note, and tell of theirs.</summary>
    public OwnNote Own { get; } = new(run.Known, update, run.Session.Clock, unfinished?.RequestId);

    /// <summary>Why the last reading failed. Null: it did not.</summary>
    public PartnerCenterException? LastError { get; private set; }

    /// <summary>Whether another reading would fail in the same way.</summary>
    public bool IsRefused => LastError is not null && !CallErrors.IsTransient(LastError);

    /// <summary>It is looked at now: what others sent may have left just before.</summary>
    public void Looking() => _lastSent = _session.Clock.Now;

    /// <summary>The update sets out.</summary>
    public void Sending()
    {
        (DateTimeOffset Steady, DateTimeOffset Wall) now = (_session.Clock.Now, _session.Clock.WallNow);
        (_lastSent, _lastSentAt) = (now.Steady, _session.ServiceClock.At(now.Steady));
        if (_freshFrom is null && _freshFromThere is null)
        {
            (_freshFrom, _freshFromThere) = (now, _lastSentAt);
        }

        if (_firstSent is null && unfinished is null)
        {
            (_firstSent, SentAt) = (now, _lastSentAt);
        }

        if (!_wasSent)
        {
            _wasSent = true;
            FirstSentAt = SentAt;
        }
    }

    /// <summary>What is sent from now on is another update: the rest of this one.</summary>
    public void Forget()
    {
        (unfinished, _isRest) = (null, true);
        Refused();
    }

    /// <summary>All that was sent by now was refused: its time begins when it is sent again.</summary>
    public void Refused()
    {
        NotThere();
        (_firstSent, SentAt) = (null, null);
        if (!_isRest)
        {
            (_wasSent, FirstSentAt) = (false, null);
        }
    }

    /// <summary>Nothing of it is there: what is found later came later, or is not ours.</summary>
    public void NotThere() => (_freshFrom, _freshFromThere) = (null, null);

    /// <summary>Reads the request and judges by it.</summary>
    /// <returns>Null: it could not be read.</returns>
    public async Task<Judgement?> ReadAsync(bool isSettled, ServiceRequestChanges asked)
    {
        if (await ReadOnceAsync(isSettled ? _lastSent + _session.Settings.SettleTime : _lastSent).ConfigureAwait(false) is not { } answer)
        {
            return null;
        }

        if (answer.Response.Date < _lastSentAt - ServiceClock.Skew)
        {
            LastError = OldAnswer();
            return null;
        }

        TimeSpan? off = unfinished is null ? TimeSpan.Zero : Off(unfinished, answer.Response);
        IReadOnlyList<KnownNote> others = Own.Others;
        LearnFrom(answer, others);
        Evidence evidence = new()
        {
            Found = answer.Request,
            ReadAt = answer.Response.Date,
            SentAt = Earliest(SentAt - off, Derive(answer.Response, _firstSent)),
            FreshFrom = Latest(Derive(answer.Response, _freshFrom, isLatest: true), _freshFromThere) ?? SentAt,
            SettledFrom = _lastSentAt + _session.Settings.SettleTime,
            IsSettled = isSettled,
            Known = others,
            NotesKeepToClock = _session.ServiceClock.NotesKeepToIt,
            ChangesKeepToClock = _session.ServiceClock.ChangesKeepToIt,
            IsClockContradicted = _session.ServiceClock.IsContradicted,
            Rules = run.Judge.Rules,
        };
        (Verdict verdict, ServiceRequestChanges rest) = run.Judge.Decide(evidence, asked);
        return new(verdict, rest, new(update, UpdateOutcome.Succeeded) { Request = answer.Request, SeenBy = ServiceClock.Latest(answer.Response) });
    }

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
            LastError = error;
        }
        catch (Exception error)
        {
            LastError = new(ErrorIds.MalformedResponse, Messages.Unforeseen.With(error.Message), error);
        }

        return null;
    }

    private PartnerCenterException OldAnswer() => new(ErrorIds.MalformedResponse, Messages.OldAnswer.With(update.Id));

    /// <summary>By how much the service's time that an earlier process wrote down may be off: it was as far from that machine's date as it is from this one's now, or one of the three is wrong. Null: nobody can say.</summary>
    private TimeSpan? Off(UnfinishedUpdate earlier, ApiResponse response) =>
        (earlier.SentAt - earlier.Began - (response.Date - _session.Clock.WallNow))?.Duration();

    /// <summary>The service's time of the sending, from an answer that came later. A machine may have slept: the longer time counts.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="sending">The sending. Null: there was none.</param>
    /// <param name="isLatest">Whether it is to be rather too late than too early: the shorter time counts.</param>
    private DateTimeOffset? Derive(ApiResponse response, (DateTimeOffset Steady, DateTimeOffset Wall)? sending, bool isLatest = false)
    {
        if (sending is not { } sent || response.Date is not { } date)
        {
            return null;
        }

        TimeSpan steady = response.ReceivedAt - sent.Steady;
        TimeSpan wall = _session.Clock.WallNow - sent.Wall;
        return date - (wall > steady != isLatest ? wall : steady);
    }

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
            if (only.Single() is { IsConfirmed: true, SentAt: { } sentAt, SeenBy: { } seen } one && IsOfThisClock(one, answer.Response) && shown[only.Key].Single().CreatedDate is { } date)
            {
                _session.ServiceClock.SawKnownNote(date, sentAt, seen);
            }
        }
    }

    /// <summary>Whether another process had the service's time from the clock that there is now, by the machines' dates.</summary>
    private bool IsOfThisClock(KnownNote note, ApiResponse response) =>
        note.Ahead is not { } then || (response.Date - _session.Clock.WallNow is { } now && then >= now - ServiceClock.Skew && then <= now + ServiceClock.Skew);

    /// <returns>Null: there are none of this text, or several.</returns>
    private static ServiceRequestNote? OnlyNote(ServiceRequest found, long hash)
    {
        List<ServiceRequestNote> same = [.. found.Notes?.Where(note => NoteText.Hash(note.Text) == hash) ?? []];
        return same.Count == 1 ? same[0] : null;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || one < other ? other : one;

    /// <param name="Verdict">What is known.</param>
    /// <param name="Rest">What is still to be sent, where it is there by half.</param>
    /// <param name="Result">The success, where it is there.</param>
    internal sealed record Judgement(Verdict Verdict, ServiceRequestChanges Rest, UpdateResult Result);
}
