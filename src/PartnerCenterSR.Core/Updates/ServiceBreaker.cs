using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Tells a service that is down from a call that fails: when calls of several different updates in a row fail for passing reasons,
/// nothing is sent but one cheap probe now and then, until it answers. One update alone never opens it.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="options">The command's.</param>
/// <param name="width">How many updates are under way at once: where all of them fail, no other can.</param>
internal sealed class ServiceBreaker(PartnerSession session, CallOptions options, int width)
{
    private const int Most = 5;
    private const int Several = 2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(7);

    /// <summary>A probe gets so long at least, also where nothing is left of the time.</summary>
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromSeconds(5);

    /// <summary>What failed so much longer ago than a call may take has nothing to do with what fails now.</summary>
    private static readonly TimeSpan Unrelated = TimeSpan.FromSeconds(60);

    private readonly int _threshold = Math.Max(Several, Math.Min(Most, width));
    private readonly object _lock = new();
    private readonly HashSet<long> _failing = [];
    private readonly List<TaskCompletionSource<bool>> _waiting = [];
    private bool _isOpen;
    private bool _wasDown;
    private DateTimeOffset? _since;
    private DateTimeOffset _lastFailed;
    private PartnerCenterException? _down;
    private bool _hasAnswered;
    private PartnerCenterException? _last;

    /// <summary>Whether nothing may be sent now.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen || _down is not null;
            }
        }
    }

    /// <summary>Whether a call failed for a reason that another attempt may not meet. Where the service has answered in this run, no failed connection is for good.</summary>
    public bool MayPass(PartnerCenterException error) => CallErrors.IsTransient(error) || (_hasAnswered && error.ErrorId == ErrorIds.ConnectionFailed);

    /// <summary>Told when it is down for longer than the connection waits.</summary>
    public Action<PartnerCenterException> WhenDown { get; init; } = _ => { };

    /// <summary>The service answered, whatever it said.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _hasAnswered = true;
            _failing.Clear();
            _since = null;
        }
    }

    /// <param name="row">Whose call it was.</param>
    /// <param name="error">How it failed.</param>
    /// <returns>False: the service answered all the same.</returns>
    public bool Failed(long row, PartnerCenterException error)
    {
        if (!IsOutage(error) || !MayPass(error))
        {
            // A host that cannot be found or trusted has said nothing.
            if (error.ErrorId != ErrorIds.ConnectionFailed)
            {
                Answered();
            }

            return false;
        }

        lock (_lock)
        {
            if (session.Clock.Now - _lastFailed > session.Settings.AttemptTimeout + Unrelated)
            {
                _failing.Clear();
                _since = null;
            }

            // What a probe says does not end an outage of what the run needs.
            _since ??= session.Clock.Now;
            _lastFailed = session.Clock.Now;
            _failing.Add(row);
            _last = error;
            if (_failing.Count >= _threshold)
            {
                Open();
            }

            return true;
        }
    }

    /// <summary>An update is about to fail for a reason that may pass: where it is not alone, the service is asked first.</summary>
    public void Suspect()
    {
        lock (_lock)
        {
            if (_failing.Count >= Several)
            {
                Open();
            }
        }
    }

    /// <summary>Waits until the service answers again.</summary>
    /// <returns>Whether it was down.</returns>
    /// <exception cref="PartnerCenterException">It did not, for longer than the connection waits.</exception>
    public async Task<bool> WaitAsync()
    {
        TaskCompletionSource<bool>? end = null;
        lock (_lock)
        {
            if (_isOpen)
            {
                // Each has a signal of its own: so they go on one after another, in order.
                _waiting.Add(end = session.Clock.NewSignal());
            }
        }

        if (end is not null)
        {
            await end.Task.ConfigureAwait(false);
        }

        if (_down is { } down)
        {
            throw new PartnerCenterException(ErrorIds.ServiceDown, down.Message, down) { RecommendedAction = Messages.ServiceDownAction };
        }

        options.Waiting.ThrowIfCancellationRequested();
        return _wasDown;
    }

    private static bool IsOutage(PartnerCenterException error) =>
        error.ErrorId is ErrorIds.ServiceUnavailable or ErrorIds.ConnectionFailed or ErrorIds.Timeout && !RetryPolicy.IsTooLong(error);

    private void Open()
    {
        if (!_isOpen && _down is null)
        {
            _isOpen = true;
            _wasDown = false;
            DateTimeOffset since = _since ?? session.Clock.Now;
            session.Clock.Post(() => _ = ProbeAsync(since));
        }
    }

    private async Task ProbeAsync(DateTimeOffset since)
    {
        bool isTold = false;
        try
        {
            for (TimeSpan pause = FirstPause; ; pause = Shorter(pause + pause, LongestPause))
            {
                TimeSpan left = since + session.Settings.MaximumOutage - session.Clock.Now;
                await session.Clock.DelayAsync(Shorter(pause, left), options.Waiting).ConfigureAwait(false);
                if (await ProbeOnceAsync(since + session.Settings.MaximumOutage - session.Clock.Now).ConfigureAwait(false) is not { } cause)
                {
                    break;
                }

                if (!isTold)
                {
                    isTold = _wasDown = true;
                    options.Observer.Warning(Messages.ServiceSeemsDown.With(session.Settings.Endpoint.Host, cause.Message, session.Settings.MaximumOutage.TotalSeconds));
                    options.Observer.Outage(true);
                }

                if (session.Clock.Now - since >= session.Settings.MaximumOutage)
                {
                    _down = new(ErrorIds.ServiceDown, Messages.ServiceDown.With(session.Settings.Endpoint.Host, (session.Clock.Now - since).TotalSeconds, cause.Message), cause);
                    WhenDown(_down);
                    return;
                }
            }

            if (isTold && !options.Waiting.IsCancellationRequested)
            {
                options.Observer.Verbose(Messages.ServiceIsBack);
            }
        }
        catch (OperationCanceledException) when (options.Waiting.IsCancellationRequested)
        {
            // Whoever waits sees for itself that the run is stopped.
        }
        finally
        {
            options.Observer.Outage(false);
            TaskCompletionSource<bool>[] waiting;
            lock (_lock)
            {
                _isOpen = false;
                _failing.Clear();
                waiting = [.. _waiting];
                _waiting.Clear();
            }

            Array.ForEach(waiting, signal => session.Clock.Complete(signal));
        }
    }

    /// <param name="left">How long it may last, with the pause that the service asked for before it.</param>
    /// <returns>Null: it answers.</returns>
    private async Task<PartnerCenterException?> ProbeOnceAsync(TimeSpan left)
    {
        using CancellationTokenSource limit = session.Clock.After(left > ShortestProbe ? left : ShortestProbe);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(options.Waiting, limit.Token);
        try
        {
            await session.Client.ProbeOnceAsync(options with { Waiting = ending.Token, Cancellation = ending.Token }).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !options.IsStopping)
        {
            return _last;
        }
        catch (PartnerCenterException error)
        {
            (RetryPolicy.IsTooLong(error) ? WhenDown : _ => { })(error);
            return IsOutage(error) ? error : null;
        }
        catch (Exception) when (!options.IsStopping)
        {
            // Something came back: it is there.
            return null;
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
