using System;
using System.Threading;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Whether a run has ended before its input, and why: then nothing sets out any more, and nothing waits for its turn to.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly CancellationTokenSource _over;
    private PartnerCenterException? _why;

    /// <param name="stop">Cancelled when a person stops the run.</param>
    public RunEnd(CancellationToken stop)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Waiting = _over.Token;
    }

    /// <summary>Cancels waiting of every kind: when the run is stopped, and when it has ended.</summary>
    public CancellationToken Waiting { get; }

    /// <summary>Null: it has not ended.</summary>
    public PartnerCenterException? Why => Volatile.Read(ref _why);

    /// <summary>Ends it, where nothing else has.</summary>
    public void Set(PartnerCenterException why)
    {
        if (Interlocked.CompareExchange(ref _why, why, null) is null)
        {
            try
            {
                _over.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The command has gone: nobody waits any more.
            }
        }
    }

    public void Dispose() => _over.Dispose();
}
