using System;
using System.Collections.Concurrent;
using System.Threading;

namespace PartnerCenterSR.Core;

/// <summary>A thread of its own, for work that waits for the disk: in the pool it would stand in the way of the rest.</summary>
internal sealed class ThreadWorker : IWorker
{
    private readonly BlockingCollection<Action> _work = [];

    public ThreadWorker() => new Thread(Run) { IsBackground = true, Name = nameof(ThreadWorker) }.Start();

    public void Post(Action work) => _work.Add(work);

    /// <summary>Ends the thread when all is done that was posted.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        using (_work)
        {
            foreach (Action work in _work.GetConsumingEnumerable())
            {
                work();
            }
        }
    }
}
