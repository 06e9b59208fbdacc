using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>
/// One after another: updates of one request in input order, where each learns what stands in its way; with -SkipUnchanged,
/// commands that add the same note.
/// </summary>
internal sealed class RequestOrder(Clock clock)
{
    private readonly object _lock = new();
    private readonly Dictionary<string, Turn> _last = new(StringComparer.OrdinalIgnoreCase);

    // For each request whose updates wait for one that has not ended well: where that one stands in the input.
    private readonly Dictionary<string, string> _blockers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The next update of a request, or of a note. To be called in input order.</summary>
    public Turn Join(string id)
    {
        lock (_lock)
        {
            Turn turn = new(id, clock.NewSignal()) { Before = _last.TryGetValue(id, out Turn? before) ? before.Ended.Task : null };
            _last[id] = turn;
            return turn;
        }
    }

    /// <summary>Waits until the update before it has ended.</summary>
    /// <returns>Where the update stands in the input that is in its way. Null: none is.</returns>
    public async Task<string?> AwaitAsync(Turn turn)
    {
        if (turn.Before is { } before)
        {
            await before.ConfigureAwait(false);
            turn.Before = null;
        }

        lock (_lock)
        {
            return _blockers.TryGetValue(turn.Id, out string? blocker) ? blocker : null;
        }
    }

    /// <summary>The same for one whose command may be stopped while another goes on.</summary>
    public async Task AwaitAsync(Turn turn, CancellationToken cancellation)
    {
        if (turn.Before is { } before)
        {
            TaskCompletionSource<bool> stopped = clock.NewSignal();
            using (cancellation.Register(() => stopped.TrySetResult(true)))
            {
                await Task.WhenAny(before, stopped.Task).ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <param name="turn">The update that has ended.</param>
    /// <param name="place">Where it stands in the input, if those behind it must not be sent. Null: they may.</param>
    public void End(Turn turn, string? place)
    {
        if (turn.Before is { IsCompleted: false } before)
        {
            // It was stopped before its turn: those behind it wait for the one before.
            before.ContinueWith(_ => End(turn, place), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        lock (_lock)
        {
            if (place is not null && !_blockers.ContainsKey(turn.Id))
            {
                _blockers.Add(turn.Id, place);
            }

            if (_last.TryGetValue(turn.Id, out Turn? last) && ReferenceEquals(last, turn))
            {
                _last.Remove(turn.Id);
            }
        }

        clock.Complete(turn.Ended);
    }

    internal sealed record Turn(string Id, TaskCompletionSource<bool> Ended)
    {
        /// <summary>Null: there is none, or it has ended.</summary>
        public Task? Before { get; set; }
    }
}
