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
internal sealed class UpdateReading(
    PartnerSession session, ServiceRequestUpdate update, KnownNotes known, CallOptions options, Judge judge, UnfinishedUpdate? unfinished)
{
    private (DateTimeOffset Steady, DateTimeOffset Wall)? _firstSent;
    private DateTimeOffset _sentAtHere = unfinished?.Began ?? session.Clock.WallNow;
    private bool _wasSent = unfinished is not null;

    /// <summary>When the update was first sent, by the service's clock, rather too early than too late. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt { get; private set; } = unfinished?.SentAt;

    /// <summary>The same of what is sent now, which is the rest of the update where it landed by half.</summary>
    public DateTimeOffset? SentAt { get; private set; } = unfinished?.SentAt;

    public string CorrelationId { get; init; } = string.Empty;

    /// <summary>Why the last reading failed. Null: it did not.</summary>
    public PartnerCenterException? LastError { get; private set; }

    /// <summary>Whether another reading would fail in the same way.</summary>
    public bool IsRefused => LastError is not null && !CallErrors.IsTransient(LastError);

    /// <summary>The update sets out.</summary>
    public void Sending()
    {
        if (_firstSent is null && unfinished is null)
        {
            _firstSent = (session.Clock.Now, session.Clock.WallNow);
            _sentAtHere = session.Clock.WallNow;
            SentAt = session.ServiceClock.At(session.Clock.Now);
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
        unfinished = null;
        _firstSent = null;
        SentAt = null;
    }

    /// <summary>Reads the request and judges by it.</summary>
    /// <returns>Null: it could not be read.</returns>
    public async Task<Judgement?> ReadAsync(bool isSettled, ServiceRequestChanges asked)
    {
        if (await ReadOnceAsync().ConfigureAwait(false) is not { } answer)
        {
            return null;
        }

        IReadOnlyList<KnownNote> others = known.Of(update.Id);
        LearnFrom(answer.Request, others);
        Evidence evidence = new()
        {
            Found = answer.Request,
            ReadAt = answer.Response.Date,
            SentAt = Earliest(SentAt, Derive(answer.Response)),
            SentAtHere = _sentAtHere,
            IsSettled = isSettled,
            Known = others,
            NotesKeepToClock = session.ServiceClock.NotesKeepToIt,
            ChangesKeepToClock = session.ServiceClock.ChangesKeepToIt,
            IsClockContradicted = session.ServiceClock.IsContradicted,
            Rules = judge.Rules,
        };
        (Verdict verdict, ServiceRequestChanges rest) = judge.Decide(evidence, asked);
        return new(verdict, rest, new(update, UpdateOutcome.Succeeded) { Request = answer.Request, SeenBy = ServiceClock.Latest(answer.Response) });
    }

    /// <summary>The request after a success: of the answer, or read where it has no body, or none that can be read.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="mayCall">Whether one more call is allowed; counts it.</param>
    public async Task<UpdateResult> AcceptAsync(ApiResponse response, ServiceRequestChanges asked, Func<bool> mayCall)
    {
        ServiceRequest? found = Parse(response);
        ApiResponse seen = response;
        for (bool isFirst = true; found is null && (isFirst || mayCall()); isFirst = false)
        {
            ServiceRequestAnswer? answer = await ReadOnceAsync().ConfigureAwait(false);
            (found, seen) = (answer?.Request, answer?.Response ?? seen);
            if (found is null && IsRefused)
            {
                break;
            }
        }

        if (found is null)
        {
            return new(update, UpdateOutcome.Succeeded) { SeenBy = ServiceClock.Latest(response), Error = LastError ?? Unknown(Messages.MalformedResponse.With(response.StatusCode), null) };
        }

        Learn(found, asked, seen);
        return new(update, UpdateOutcome.Succeeded) { Request = found, SeenBy = ServiceClock.Latest(response), Contradiction = Contradiction(found, asked) };
    }

    public PartnerCenterException Unknown(string message, PartnerCenterException? cause) => new(ErrorIds.OutcomeUnknown, message, cause)
    {
        StatusCode = cause?.StatusCode,
        ServiceErrorCode = cause?.ServiceErrorCode,
        ServiceMessage = cause?.ServiceMessage,
        RequestId = cause?.RequestId,
        CorrelationId = CorrelationId,
        RecommendedAction = Messages.OutcomeUnknownAction,
    };

    private async Task<ServiceRequestAnswer?> ReadOnceAsync()
    {
        LastError = null;
        try
        {
            return await session.Client.ReadOnceAsync(update.Id, update.CustomerId, options, CorrelationId).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
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

    private ServiceRequest? Parse(ApiResponse response)
    {
        try
        {
            return ResponseReader.ServiceRequest(response, update.CustomerId);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The update was accepted; only what the answer says is lost.
            options.Observer.Debug(error.Message);
            return null;
        }
    }

    /// <summary>The service's time of the sending, from an answer that came later. A machine may have slept: the longer time counts.</summary>
    private DateTimeOffset? Derive(ApiResponse response)
    {
        if (_firstSent is not { } sent || response.Date is not { } date)
        {
            return null;
        }

        TimeSpan steady = response.ReceivedAt - sent.Steady;
        TimeSpan wall = session.Clock.WallNow - sent.Wall;
        return date - (wall > steady ? wall : steady);
    }

    /// <summary>What a fresh success shows of the dates of the service.</summary>
    private void Learn(ServiceRequest found, ServiceRequestChanges asked, ApiResponse response)
    {
        if (Earliest(SentAt, Derive(response)) is not { } sentAt || ServiceClock.Latest(response) is not { } seen)
        {
            return;
        }

        if (asked.Note is { } note && found.Notes?.Where(candidate => candidate.CreatedDate is not null && NoteText.Hash(candidate.Text) == NoteText.Hash(note)).Max(candidate => candidate.CreatedDate) is { } date)
        {
            session.ServiceClock.SawFreshNote(date, sentAt, seen);
        }

        if (found.LastModifiedDate is { } modified && modified.ToUniversalTime() >= sentAt - ServiceClock.Skew)
        {
            session.ServiceClock.SawFreshChange(modified, sentAt, seen);
        }
    }

    /// <summary>Notes of earlier updates, also of other processes, show whether the service keeps its dates.</summary>
    private void LearnFrom(ServiceRequest found, IReadOnlyList<KnownNote> others)
    {
        foreach (KnownNote other in others.Where(other => other.IsConfirmed))
        {
            List<ServiceRequestNote> same = [.. found.Notes?.Where(note => NoteText.Hash(note.Text) == other.Hash) ?? []];
            if (other is { SentAt: { } sentAt, SeenBy: { } seen } && same.Count == 1 && same[0].CreatedDate is { } date)
            {
                session.ServiceClock.SawKnownNote(date, sentAt, seen);
            }
        }
    }

    /// <summary>What the service accepted and does not show. Null: it shows all.</summary>
    private static string? Contradiction(ServiceRequest found, ServiceRequestChanges asked) =>
        !(asked with { Note = null }).AreFieldsIn(found) ? (asked with { Note = null }).Describe()
        : asked.Note is { } note && found.Notes?.All(candidate => NoteText.Hash(candidate.Text) != NoteText.Hash(note)) == true ? (new ServiceRequestChanges { Note = note }).Describe()
        : null;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    /// <param name="Verdict">What is known.</param>
    /// <param name="Rest">What is still to be sent, where it is there by half.</param>
    /// <param name="Result">The success, where it is there.</param>
    internal sealed record Judgement(Verdict Verdict, ServiceRequestChanges Rest, UpdateResult Result);
}
