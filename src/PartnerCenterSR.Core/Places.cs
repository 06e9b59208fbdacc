using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>So many may be under way at once; who waits for something else gives its place to others meanwhile.</summary>
internal sealed class Places(int count, Clock clock)
{
    private readonly object _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _free = count;

    /// <summary>Returns once there is a place; each return must be followed by one <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_free > 0)
            {
                _free--;
                return;
            }

            turn = clock.NewSignal();
            _waiting.Enqueue(turn);
        }

        using (cancellation.Register(() => clock.Cancel(turn, cancellation)))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.Count > 0)
            {
                if (clock.Complete(_waiting.Dequeue()))
                {
                    return;
                }
            }

            _free++;
        }
    }
}
