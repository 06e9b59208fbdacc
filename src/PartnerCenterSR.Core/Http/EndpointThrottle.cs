using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>
/// Through it goes every request to one endpoint, whatever command makes it. When the service tells one to wait, all wait;
/// after that one request sets out alone, and with each round of successes one more beside it.
/// </summary>
internal sealed class EndpointThrottle(Clock clock)
{
    private const int MaximumConcurrency = 64;
    private static readonly TimeSpan LongestOwnPause = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, EndpointThrottle> Throttles = new(StringComparer.OrdinalIgnoreCase);

    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private int _inFlight;
    private int _limit = int.MaxValue;
    private int _successes;
    private int _round;
    private int _pausesInARow;
    private long _pausedAt;
    private TimeSpan _pause = TimeSpan.Zero;

    /// <summary>The gate that all commands of the process share for one endpoint.</summary>
    public static EndpointThrottle For(Uri endpoint) =>
        Throttles.GetOrAdd(endpoint.GetLeftPart(UriPartial.Authority), _ => new(new Clock(TimeProvider.System)));

    /// <summary>Returns once a request may set out; each return must be followed by one <see cref="Leave"/>.</summary>
    /// <returns>Between which pauses it set out.</returns>
    public async Task<int> EnterAsync(IClientObserver observer, CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan remaining;
            TaskCompletionSource<bool>? turn = null;
            lock (_lock)
            {
                remaining = Remaining();
                if (remaining <= TimeSpan.Zero)
                {
                    if (_inFlight < _limit)
                    {
                        _inFlight++;
                        return _round;
                    }

                    turn = clock.NewSignal();
                    _waiting.AddLast(turn);
                }
            }

            if (turn is null)
            {
                observer.Waiting(remaining);
                await clock.DelayAsync(remaining, cancellation).ConfigureAwait(false);
                continue;
            }

            using (cancellation.Register(() => clock.Cancel(turn, cancellation)))
            {
                await turn.Task.ConfigureAwait(false);
            }
        }
    }

    public void Leave(bool succeeded)
    {
        lock (_lock)
        {
            _inFlight--;
            if (succeeded)
            {
                _pausesInARow = 0;
                if (_limit <= MaximumConcurrency && ++_successes >= _limit)
                {
                    _successes = 0;
                    _limit = _limit == MaximumConcurrency ? int.MaxValue : _limit + 1;
                }
            }

            Wake(Math.Max(1, _limit - _inFlight));
        }
    }

    /// <summary>Holds everyone, for as long as the service said; longer each time where it did not say, and where one pause was not enough.</summary>
    /// <param name="asked">What it said. Null: nothing.</param>
    /// <param name="round">What <see cref="EnterAsync"/> returned: calls that were on their way together are told of one pause.</param>
    public TimeSpan Pause(TimeSpan? asked, int round)
    {
        lock (_lock)
        {
            if (round == _round)
            {
                _round++;
                _pausesInARow = Math.Min(_pausesInARow + 1, 10);
            }

            double grown = Math.Min(LongestOwnPause.TotalSeconds, Math.Pow(2, _pausesInARow - 1));
            TimeSpan least = TimeSpan.FromSeconds(asked is null ? grown : _pausesInARow > 1 ? grown / 2 : 0);
            TimeSpan pause = asked > least ? asked.Value : least;
            if (pause > Remaining())
            {
                _pausedAt = clock.Time.GetTimestamp();
                _pause = pause;
            }

            if (pause > TimeSpan.Zero)
            {
                _limit = 1;
                _successes = 0;

                // Whoever waited for a place waits for the time now, each for itself.
                Wake(int.MaxValue);
            }

            return pause;
        }
    }

    private TimeSpan Remaining() => _pause == TimeSpan.Zero ? TimeSpan.Zero : _pause - clock.Time.GetElapsedTime(_pausedAt);

    private void Wake(int places)
    {
        while (places > 0 && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            if (clock.Complete(first.Value))
            {
                places--;
            }
        }
    }
}
