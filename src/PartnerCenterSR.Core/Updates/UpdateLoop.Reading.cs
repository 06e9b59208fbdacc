using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What an update reads before it is sent again, or at all.</summary>
internal sealed partial class UpdateLoop
{
    private static readonly TimeSpan ALook = TimeSpan.FromSeconds(1);

    private TimeSpan UntilSettled => Until(_reading.Times.OpenFrom);

    /// <summary>Finds out what became of an update that is open: at once, and when it is settled.</summary>
    /// <returns>The success, if it is there. Null: it, or the rest of it, is to be sent.</returns>
    private async Task<UpdateResult?> SettleAsync(PartnerCenterException? error)
    {
        if (error is not null && RetryPolicy.IsTooLong(error))
        {
            // It asks for silence: nothing is read, and nothing else is sent meanwhile.
            throw error;
        }

        _run.Options.Observer.Verbose(Messages.VerboseReadBack.With(_update.Id));
        if (UntilSettled > TimeSpan.Zero && _calls.Budget.Calls > 1 && await ReadAsync(isSettled: false).ConfigureAwait(false) is { Verdict: Verdict.Applied } early)
        {
            return early.Result;
        }

        await AwaitSettledAsync(_reading.Times.OpenFrom).ConfigureAwait(false);

        // A twin of another command that came meanwhile is not surely shown yet either.
        await AwaitSettledAsync(_reading.Own.LastTwinToldAt).ConfigureAwait(false);
        while (await _calls.MayGoOnAsync(kept: 0).ConfigureAwait(false))
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
                    HasSentNote &= IsNoteThere;
                    _reading.Times.Renew();
                    if (!IsNoteThere)
                    {
                        _reading.Own.Withdraw();
                    }

                    return null;
                case Verdict.PartlyApplied:
                    IsOpen = _wasOpen = false;
                    IsHalf = true;
                    HasSentNote &= late.Rest.Note is null;
                    if (late.Rest.Note is null)
                    {
                        _reading.Own.Tell(RequestId, FirstSentAt, late.Result.SeenBy, isConfirmed: true);
                    }

                    _ask.Reduce(late.Rest);
                    _reading.Times.BeginRest();
                    return null;
                case Verdict.Undecided:
                    throw _reading.Unknown(Messages.OutcomeUnknown.With(_update.Id), error);
            }

            if (_reading.IsRefused)
            {
                break;
            }

            await _calls.PauseAsync(_reading.LastError).ConfigureAwait(false);
        }

        throw _reading.Unknown(Messages.OutcomeUnknownUnread.With(_update.Id, _reading.LastError?.Message), _reading.LastError ?? error);
    }

    private TimeSpan Until(DateTimeOffset? from) =>
        from is { } time && _run.Judge.Has(CertaintyRules.Settled) ? time + _session.Settings.SettleTime - _clock.Now : TimeSpan.Zero;

    private async Task AwaitSettledAsync(DateTimeOffset? from)
    {
        if (Until(from) is var left && left > TimeSpan.Zero)
        {
            _run.Options.Observer.Settling(_update.Id, left);
            await _calls.Place.WaitAsync(left).ConfigureAwait(false);
        }
    }

    /// <summary>What an earlier run began: found out first; with -SkipUnchanged, what is there by others is not sent again either.</summary>
    private async Task<UpdateResult?> ResumeAsync() => await SettleAsync(null).ConfigureAwait(false)
        ?? (_run.Wishes.SkipUnchanged && (!IsHalf || _ask.Changes.Note is not null) ? await LeaveOutAsync().ConfigureAwait(false) : null);

    /// <summary>Another machine may have to finish this: it must know the service's time of the sending, so nothing sets out before the service has answered.</summary>
    private async Task LearnTimeAsync()
    {
        while (!_session.ServiceClock.HasAnswered)
        {
            await ReadAsync(isSettled: false).ConfigureAwait(false);
            if (_reading.LastError is null || (_reading.IsRefused && !RetryPolicy.IsTooLong(_reading.LastError)))
            {
                // Why it is refused, the update will be told too.
                return;
            }

            if (_reading.IsRefused || !await _calls.MayGoOnAsync(kept: 2).ConfigureAwait(false))
            {
                throw _reading.LastError;
            }

            await _calls.PauseAsync(_reading.LastError).ConfigureAwait(false);
        }
    }

    /// <summary>Of several commands with one wish, one at a time: each sees what became of it.</summary>
    private async Task AwaitNoteTurnAsync()
    {
        if (!_run.Wishes.SkipUnchanged || _ask.Changes.Note is not { } wished)
        {
            return;
        }

        _noteTurn = _session.NoteOrder.Join(_update.Id + " " + NoteText.Hash(wished));
        if (_noteTurn.Before is not null)
        {
            _run.Options.Observer.Verbose(Messages.VerboseWish.With(_update.Id));
            _calls.Place.Leave();
            await _session.NoteOrder.AwaitAsync(_noteTurn, _run.Options.Waiting).ConfigureAwait(false);
            await _calls.Place.TakeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads the request before anything is sent, and asks only for what it does not have.</summary>
    /// <returns>Null: something is missing.</returns>
    private async Task<UpdateResult?> LeaveOutAsync()
    {
        AnswerAge age = new();
        while (true)
        {
            // Asked before the reading: whatever ends behind it is shown by the next.
            bool mayCome = MayComeFor > TimeSpan.Zero;
            _reading.Times.Look();
            if (await ReadAsync(isSettled: false).ConfigureAwait(false) is { Result.Request: { } found } read)
            {
                if (_ask.Changes.Note is not null && found.Notes is null)
                {
                    throw new PartnerCenterException(ErrorIds.NotSent, Messages.NotSentNoNotes.With(_update.Id));
                }

                ServiceRequestChanges missing = _ask.Changes.MissingIn(found, text => IsThere(found, text));
                if (missing.Note is not null && mayCome)
                {
                    await AwaitOthersAsync().ConfigureAwait(false);
                    continue;
                }

                // What is old shows that a note is there, and nothing else.
                bool isOld = age.IsOld(read.Evidence, _reading.Times.LookedAt) && (missing.Note is not null || !(_ask.Changes with { Note = null }).IsEmpty);
                if (!isOld && (missing.Note is null || !_reading.Own.MayBeThereByOthers || read.Evidence.IsWhole))
                {
                    // What an earlier run began goes again as it was, with its id.
                    _ask.Reduce(_wasOpen && missing.Note is not null ? _ask.Changes : missing);
                    return missing.IsEmpty ? read.Result with { Outcome = UpdateOutcome.Unchanged } : null;
                }

                _reading.Doubt();
            }

            if (_reading.IsRefused || !await _calls.MayGoOnAsync(kept: 2).ConfigureAwait(false))
            {
                throw _reading.LastError!;
            }

            await _calls.PauseAsync(_reading.LastError).ConfigureAwait(false);
        }
    }

    /// <summary>How long the same note may still come, that left from here, and of which nobody knows whether it came.</summary>
    private TimeSpan MayComeFor => _reading.Own.MayComeFor(_session.Settings.SettleTime);

    private async Task AwaitOthersAsync()
    {
        _calls.Budget.Return();
        for (TimeSpan left; (left = MayComeFor) > TimeSpan.Zero;)
        {
            // It may end long before it must.
            _run.Options.Observer.Settling(_update.Id, left);
            await _calls.Place.WaitAsync(left < ALook ? left : ALook).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a request has a note: by what it shows, which may be older, or by what an update of ours put there.</summary>
    private bool IsThere(ServiceRequest found, string text) => found.Notes?.Any(note => NoteText.IsSame(note.Text, text)) == true
        || _run.Known.Of(_update.Id).Any(known => known.IsConfirmed && known.Hash == NoteText.Hash(text));

    private async Task<UpdateReading.Judgement?> ReadAsync(bool isSettled)
    {
        _ = await _calls.MayReadAsync().ConfigureAwait(false);
        UpdateReading.Judgement? read = await _reading.ReadAsync(isSettled, _ask.Changes).ConfigureAwait(false);
        _calls.Report(_reading.LastError, wasSending: false);
        return read;
    }
}
