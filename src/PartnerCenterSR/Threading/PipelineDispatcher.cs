using System;
using System.Collections.Concurrent;
using System.Threading;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Threading;

/// <summary>Brings what other threads have to say to the pipeline thread, the only one that may write.</summary>
internal sealed class PipelineDispatcher : IClientObserver, IDisposable
{
    private readonly ConcurrentQueue<Action<AsyncCmdlet>> _messages = new();
    private readonly ManualResetEventSlim _news = new();
    private long _waitingUntil;

    public bool IsListening { get; init; } = true;

    /// <summary>How long the pause that the service asked for still lasts. Zero or less: there is none.</summary>
    public TimeSpan StillWaiting => new(Interlocked.Read(ref _waitingUntil) - DateTime.UtcNow.Ticks);

    public void Verbose(string message) => Post(cmdlet => cmdlet.WriteVerbose(message));

    public void Debug(string message) => Post(cmdlet => cmdlet.WriteDebug(message));

    public void Warning(string message) => Post(cmdlet => cmdlet.WriteWarning(message));

    public void Prompt(string message) => Post(cmdlet => cmdlet.ShowPrompt(message));

    public void Waiting(TimeSpan remaining)
    {
        Interlocked.Exchange(ref _waitingUntil, DateTime.UtcNow.Ticks + remaining.Ticks);
        Wake();
    }

    /// <summary>Lets the pipeline thread look again.</summary>
    public void Wake() => _news.Set();

    /// <summary>To be called on the pipeline thread: writes what has come.</summary>
    public void Deliver(AsyncCmdlet cmdlet)
    {
        while (_messages.TryDequeue(out Action<AsyncCmdlet>? message))
        {
            message(cmdlet);
        }
    }

    /// <summary>Waits until something has come, or <paramref name="longest"/> has passed.</summary>
    public void Wait(TimeSpan longest, CancellationToken cancellation)
    {
        _news.Wait(longest, cancellation);
        _news.Reset();
    }

    public void Dispose() => _news.Dispose();

    private void Post(Action<AsyncCmdlet> message)
    {
        _messages.Enqueue(message);
        _news.Set();
    }
}
