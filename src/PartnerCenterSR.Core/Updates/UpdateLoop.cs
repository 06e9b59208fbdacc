using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// One update from its first attempt to its outcome. It is sent again only where it certainly has not taken effect. While it waits
/// it gives its place to others.
/// </summary>
internal sealed class UpdateLoop
{
    private readonly UpdateRunContext _run;
    private readonly PartnerSession _session;
    private readonly ServiceRequestUpdate _update;
    private readonly UpdateCalls _calls;
    private readonly UpdateReading _reading;
    private readonly Clock _clock;
    private readonly UnfinishedUpdate? _unfinished;
    private readonly UpdateAsk _ask;
    private DateTimeOffset _lastSent;
    private string? _journalled;

    /// <param name="run">What the updates of the run share.</param>
    /// <param name="update">The update.</param>
    /// <param name="unfinished">How far an earlier run got with it. Null: it is new.</param>
    public UpdateLoop(UpdateRunContext run, ServiceRequestUpdate update, UnfinishedUpdate? unfinished)
    {
        _run = run;
        _session = run.Session;
        _update = update;
        _clock = _session.Clock;
        _calls = new(run, update.Row);
        _ask = new(run, update, unfinished);
        _reading = new(run, update, unfinished) { CorrelationId = _ask.Request.CorrelationId };
        _unfinished = unfinished;
        _journalled = unfinished?.RequestId;
        IsOpen = unfinished is not null;
        IsHalf = unfinished?.IsRest == true;
        HasSentNote = IsOpen && _ask.Changes.Note is not null;

        // The process that sent it may have done so just before this one began.
        _lastSent = _clock.Now;
    }

    public string RequestId => _ask.Request.RequestId;

    public string CorrelationId => _ask.Request.CorrelationId;

    /// <summary>When it was first sent, by the service's clock. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt => _reading.FirstSentAt;

    /// <summary>Whether it may have taken effect, and nobody has found out yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether its note was sent, by this run or an earlier one.</summary>
    public bool HasSentNote { get; private set; }

    /// <summary>What is to be sent: all that was asked for, less what the request has already.</summary>
    public ServiceRequestChanges Asked => _ask.Changes;

    /// <summary>Whether a part of it has landed, and only the rest is to be sent.</summary>
    public bool IsHalf { get; private set; }

    /// <summary>What a failure of the rest is to be told as: that the whole has not failed.</summary>
    public PartnerCenterException Half(PartnerCenterException error) => _reading.Unknown(Messages.HalfApplied.With(_update.Id, _ask.Changes.Describe(), error.Message), error);

    /// <summary>How often it was sent.</summary>
    public int Sent { get; private set; }

    /// <param name="begin">Called when it has a place; throws if nothing may be sent any more.</param>
    /// <param name="journal">Called before it is sent for the first time. Null: nothing is.</param>
    /// <exception cref="PartnerCenterException">It failed, or its outcome cannot be known.</exception>
    public async Task<UpdateResult> RunAsync(Action begin, Func<UpdateLoop, Task>? journal)
    {
        try
        {
            await _calls.Place.TakeAsync().ConfigureAwait(false);
            await _calls.PassAsync().ConfigureAwait(false);
            begin();
            UpdateResult? unchanged = _run.Wishes.SkipUnchanged && !IsOpen ? await LeaveOutAsync().ConfigureAwait(false) : null;
            if (journal is not null && !IsOpen)
            {
                if (!_session.ServiceClock.HasAnswered)
                {
                    // Another machine may have to finish this: it must know the service's time of the sending.
                    await _reading.ReadAsync(isSettled: false, _ask.Changes).ConfigureAwait(false);
                }

                await JournalAsync(journal).ConfigureAwait(false);
            }

            UpdateResult result = unchanged ?? (IsOpen && await SettleAsync(null).ConfigureAwait(false) is { } there ? there : await SendAsync(journal).ConfigureAwait(false));
            return result with { Attempts = Sent };
        }
        finally
        {
            _calls.Place.Leave();
        }
    }

    private async Task<UpdateResult> SendAsync(Func<UpdateLoop, Task>? journal)
    {
        while (true)
        {
            await _calls.PassAsync().ConfigureAwait(false);
            await JournalAsync(journal).ConfigureAwait(false);
            _run.Options.Waiting.ThrowIfCancellationRequested();
            _calls.Budget.Send();
            Sent++;
            HasSentNote |= _ask.Changes.Note is not null;
            _reading.Sending();
            _lastSent = _clock.Now;
            (ApiResponse? accepted, PartnerCenterException? error) = await _calls.SendAsync(_ask.Sending()).ConfigureAwait(false);
            if (accepted is not null)
            {
                IsOpen = false;
                _ask.Accepted();
                return await _reading.AcceptAsync(accepted, _ask.Changes, () => _calls.MayReadAgainAsync(_reading.LastError)).ConfigureAwait(false);
            }

            if (error!.OutcomeOpen)
            {
                IsOpen = true;
                if (await SettleAsync(error).ConfigureAwait(false) is { } there)
                {
                    return there;
                }
            }

            if (_ask.Turn(error))
            {
                _calls.Budget.SendAnew();
                continue;
            }

            if (_calls.Budget.IsUsedUp)
            {
                _run.Breaker.Suspect();
            }

            await _calls.PassAsync().ConfigureAwait(false);
            if (_calls.Budget.IsUsedUp || !_run.Breaker.MayPass(error))
            {
                throw _ask.Refusal(error);
            }

            await _calls.PauseAsync(error).ConfigureAwait(false);
        }
    }

    /// <summary>No call is made of which the journal does not have the id: whoever goes on with it uses the same.</summary>
    private Task JournalAsync(Func<UpdateLoop, Task>? journal) =>
        journal is null || _journalled == (_journalled = RequestId) ? Task.CompletedTask : journal(this);

    private TimeSpan UntilSettled => _run.Judge.Has(CertaintyRules.Settled) ? _lastSent + _session.Settings.SettleTime - _clock.Now : TimeSpan.Zero;

    /// <summary>Finds out what became of an update that is open: at once, and when it is settled.</summary>
    /// <returns>The success, if it is there. Null: it, or the rest of it, is to be sent.</returns>
    private async Task<UpdateResult?> SettleAsync(PartnerCenterException? error)
    {
        _run.Options.Observer.Verbose(Messages.VerboseReadBack.With(_update.Id));
        if (UntilSettled > TimeSpan.Zero && _calls.Budget.Calls > 1 && await ReadAsync(isSettled: false).ConfigureAwait(false) is { Verdict: Verdict.Applied } early)
        {
            return early.Result;
        }

        if (UntilSettled is var left && left > TimeSpan.Zero)
        {
            _run.Options.Observer.Settling(_update.Id, left);
            await _calls.Place.WaitAsync(left).ConfigureAwait(false);
        }

        while (_calls.Budget.Calls > 0)
        {
            UpdateReading.Judgement? late = await ReadAsync(isSettled: true).ConfigureAwait(false);
            switch (late?.Verdict)
            {
                case Verdict.Applied:
                    return late.Result;
                case Verdict.PartlyApplied when _unfinished?.NotToBeSent is { } reason:
                    throw _reading.Unknown(Messages.HalfApplied.With(_update.Id, late.Rest.Describe(), reason), error);
                case Verdict.NotApplied when _unfinished?.NotToBeSent is { } reason:
                    IsOpen = false;
                    throw new PartnerCenterException(ErrorIds.NotSent, reason) { RecommendedAction = Messages.NotSentAction };
                case Verdict.NotApplied:
                    IsOpen = false;
                    return null;
                case Verdict.PartlyApplied:
                    IsOpen = false;
                    IsHalf = true;
                    _ask.Reduce(late.Rest);
                    _reading.Forget();
                    return null;
                case Verdict.Undecided:
                    throw _reading.Unknown(Messages.OutcomeUnknown.With(_update.Id), error);
            }

            if (_reading.IsRefused)
            {
                break;
            }

            await _calls.PauseAsync(error).ConfigureAwait(false);
        }

        throw _reading.Unknown(Messages.OutcomeUnknownUnread.With(_update.Id, _reading.LastError?.Message), _reading.LastError ?? error);
    }

    /// <summary>Reads the request before anything is sent, and asks only for what it does not have.</summary>
    /// <returns>Null: something is missing.</returns>
    private async Task<UpdateResult?> LeaveOutAsync()
    {
        while (true)
        {
            if (await ReadAsync(isSettled: false).ConfigureAwait(false) is { Result.Request: { } found } read)
            {
                if (_ask.Changes.Note is not null && found.Notes is null)
                {
                    throw new PartnerCenterException(ErrorIds.NotSent, Messages.NotSentNoNotes.With(_update.Id));
                }

                ServiceRequestChanges missing = _ask.Changes.MissingIn(found, text => found.Notes?.Any(note => NoteText.IsSame(note.Text, text)) == true);
                _ask.Reduce(missing);
                return missing.IsEmpty ? read.Result with { Outcome = UpdateOutcome.Unchanged } : null;
            }

            if (_reading.IsRefused || _calls.Budget.Calls <= 2)
            {
                throw _reading.LastError!;
            }

            await _calls.PauseAsync(_reading.LastError).ConfigureAwait(false);
        }
    }

    private async Task<UpdateReading.Judgement?> ReadAsync(bool isSettled)
    {
        _ = await _calls.MayReadAsync().ConfigureAwait(false);
        UpdateReading.Judgement? read = await _reading.ReadAsync(isSettled, _ask.Changes).ConfigureAwait(false);
        _calls.Report(_reading.LastError, wasSending: false);
        return read;
    }
}
