using System;
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
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly PartnerSession _session;
    private readonly ServiceRequestUpdate _update;
    private readonly UpdatePlace _place;
    private readonly CallOptions _options;
    private readonly UpdateReading _reading;
    private readonly Clock _clock;
    private readonly Judge _judge;
    private readonly UnfinishedUpdate? _unfinished;
    private ServiceRequestChanges _asked;
    private ApiRequest _request;
    private DateTimeOffset _lastSent;
    private int _callsLeft;
    private int _triesLeft;

    /// <param name="session">The connection.</param>
    /// <param name="update">The update.</param>
    /// <param name="unfinished">How far an earlier run got with it. Null: it is new.</param>
    /// <param name="known">The notes of other updates.</param>
    /// <param name="places">Where it must have a place to be under way.</param>
    /// <param name="options">The command's.</param>
    /// <param name="judge">Who judges what is read back.</param>
    public UpdateLoop(
        PartnerSession session, ServiceRequestUpdate update, UnfinishedUpdate? unfinished, KnownNotes known, Places places, CallOptions options, Judge judge)
    {
        _session = session;
        _update = update;
        _place = new(places, session.Clock, options.Cancellation);
        _options = options;
        _clock = session.Clock;
        _judge = judge;
        _asked = update.Changes;
        _request = session.Client.Patch(update, unfinished?.RequestId ?? ApiRequest.NewId(), options);
        _reading = new(session, update, known, options, judge, unfinished) { CorrelationId = _request.CorrelationId };
        _unfinished = unfinished;
        IsOpen = unfinished is not null;

        // The process that sent it may have done so just before this one began.
        _lastSent = _clock.Now;
        _triesLeft = session.Settings.MaximumRetryCount + 1;
        _callsLeft = (2 * session.Settings.MaximumRetryCount) + 4;
    }

    public string RequestId => _request.RequestId;

    public string CorrelationId => _request.CorrelationId;

    /// <summary>When it was first sent, by the service's clock. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt => _reading.FirstSentAt;

    /// <summary>Whether it may have taken effect, and nobody has found out yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; private set; }

    /// <param name="begin">Called when it has a place; throws if nothing may be sent any more.</param>
    /// <param name="journal">Called before it is sent for the first time. Null: nothing is.</param>
    /// <exception cref="PartnerCenterException">It failed, or its outcome cannot be known.</exception>
    public async Task<UpdateResult> RunAsync(Action begin, Func<UpdateLoop, Task>? journal)
    {
        try
        {
            await _place.TakeAsync().ConfigureAwait(false);
            _options.Cancellation.ThrowIfCancellationRequested();
            begin();
            if (journal is not null && !IsOpen)
            {
                if (_session.ServiceClock.At(_clock.Now) is null)
                {
                    // Another machine may have to finish this: it must know the service's time of the sending.
                    await _reading.ReadAsync(isSettled: false, _asked).ConfigureAwait(false);
                }

                await journal(this).ConfigureAwait(false);
            }

            UpdateResult result = IsOpen && await SettleAsync(null).ConfigureAwait(false) is { } there ? there : await SendAsync().ConfigureAwait(false);
            return result with { Attempts = Sent };
        }
        finally
        {
            _place.Leave();
        }
    }

    private async Task<UpdateResult> SendAsync()
    {
        while (true)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            _triesLeft--;
            _callsLeft--;
            Sent++;
            _reading.Sending();
            _lastSent = _clock.Now;
            (ApiResponse? accepted, PartnerCenterException? error) = await AttemptAsync().ConfigureAwait(false);
            if (accepted is not null)
            {
                return await _reading.AcceptAsync(accepted, _asked, () => _callsLeft-- > 0).ConfigureAwait(false);
            }

            if (error!.OutcomeOpen)
            {
                IsOpen = true;
                if (await SettleAsync(error).ConfigureAwait(false) is { } there)
                {
                    return there;
                }
            }

            if (_triesLeft <= 0 || _callsLeft <= 0 || !CallErrors.IsTransient(error))
            {
                throw IsRest ? _reading.Unknown(Messages.HalfApplied.With(_update.Id, _asked.Describe(), error.Message), error) : error;
            }

            await PauseAsync(error).ConfigureAwait(false);
        }
    }

    private TimeSpan UntilSettled => _judge.Has(CertaintyRules.Settled) ? _lastSent + _session.Settings.SettleTime - _clock.Now : TimeSpan.Zero;

    private bool IsRest => !ReferenceEquals(_asked, _update.Changes);

    /// <returns>The answer of a success; or the error, which tells whether the service may have acted.</returns>
    private async Task<(ApiResponse? Accepted, PartnerCenterException? Error)> AttemptAsync()
    {
        try
        {
            return (await _session.Client.PatchOnceAsync(_request, _options).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (PartnerCenterException error)
        {
            return (null, error);
        }
        catch (Exception error) when (_judge.Has(CertaintyRules.Unforeseen))
        {
            // Whatever it is: that the service has not acted is not known.
            return (null, CallErrors.Unforeseen(_request, error));
        }
    }

    /// <summary>Finds out what became of an update that is open: at once, and when it is settled.</summary>
    /// <returns>The success, if it is there. Null: it, or the rest of it, is to be sent.</returns>
    private async Task<UpdateResult?> SettleAsync(PartnerCenterException? error)
    {
        _options.Observer.Verbose(Messages.VerboseReadBack.With(_update.Id));
        TimeSpan left = UntilSettled;
        if (left > TimeSpan.Zero && _callsLeft-- > 1
            && await _reading.ReadAsync(isSettled: false, _asked).ConfigureAwait(false) is { Verdict: Verdict.Applied } early)
        {
            return early.Result;
        }

        left = UntilSettled;
        if (left > TimeSpan.Zero)
        {
            _options.Observer.Settling(_update.Id, left);
            await _place.WaitAsync(left).ConfigureAwait(false);
        }

        while (_callsLeft-- > 0)
        {
            UpdateReading.Judgement? late = await _reading.ReadAsync(isSettled: true, _asked).ConfigureAwait(false);
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
                    _asked = late.Rest;
                    _request = _session.Client.Patch(_update with { Changes = _asked }, ApiRequest.NewId(), _options) with { CorrelationId = CorrelationId };
                    _reading.Forget();
                    return null;
                case Verdict.Undecided:
                    throw _reading.Unknown(Messages.OutcomeUnknown.With(_update.Id), error);
            }

            if (_reading.IsRefused)
            {
                break;
            }

            await PauseAsync(error).ConfigureAwait(false);
        }

        throw _reading.Unknown(Messages.OutcomeUnknownUnread.With(_update.Id, _reading.LastError?.Message), _reading.LastError ?? error);
    }

    private async Task PauseAsync(PartnerCenterException? error)
    {
        if (error is not null && RetryPolicy.AsksForPause(error))
        {
            // The throttle has the pause.
            return;
        }

        int tried = Math.Max(0, Math.Min(10, _session.Settings.MaximumRetryCount - _triesLeft));
        double seconds = Math.Min(LongestPause.TotalSeconds, _session.Settings.RetryDelay.TotalSeconds * Math.Pow(2, tried));
        TimeSpan pause = TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * _clock.NextChance())));
        _options.Observer.Verbose(Messages.VerboseRetry.With(Sent, pause.TotalSeconds, error?.Message));
        await _place.WaitAsync(pause).ConfigureAwait(false);
    }
}
