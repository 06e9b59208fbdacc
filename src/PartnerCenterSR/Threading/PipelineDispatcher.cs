using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Threading;

/// <summary>Brings what other threads have to say to the pipeline thread, the only one that may write.</summary>
internal sealed class PipelineDispatcher : IClientObserver, IDisposable
{
    private static readonly TimeSpan WorthWarning = TimeSpan.FromSeconds(15);

    /// <summary>A pause that ends so much later than one that was told is another.</summary>
    private static readonly TimeSpan Renewed = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<Action<AsyncCmdlet>> _messages = new();
    private readonly ManualResetEventSlim _news = new();
    private readonly RunspaceScripts _scripts = RunspaceScripts.Here();
    private readonly TaskCompletionSource<string> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _sinceNews = Stopwatch.StartNew();
    private long _waitingUntil;
    private long _warnedUntil;
    private long _settlingUntil;
    private bool _isOut;

    /// <summary>To be made on the pipeline thread.</summary>
    public PipelineDispatcher() => _scripts.Join(this);

    public bool IsListening { get; init; } = true;

    /// <summary>How long the pause that the service asked for still lasts. Zero or less: there is none.</summary>
    public TimeSpan StillWaiting => new(Interlocked.Read(ref _waitingUntil) - DateTime.UtcNow.Ticks);

    /// <summary>Until when updates wait for their outcome to be certain. Null: none does.</summary>
    public DateTime? SettlingUntil => Interlocked.Read(ref _settlingUntil) is var until && until > DateTime.UtcNow.Ticks ? new DateTime(until, DateTimeKind.Utc).ToLocalTime() : null;

    public void Settling(string id, TimeSpan remaining)
    {
        long until = DateTime.UtcNow.Ticks + remaining.Ticks;
        long before = Interlocked.Read(ref _settlingUntil);
        while (until > before && Interlocked.CompareExchange(ref _settlingUntil, until, before) is var seen && seen != before)
        {
            before = seen;
        }

        Verbose(Messages.VerboseSettling.With(id, remaining.TotalSeconds));
        Wake();
    }

    /// <summary>Whether the service does not answer at present.</summary>
    public bool IsOut => Volatile.Read(ref _isOut);

    public void Outage(bool isOut)
    {
        Volatile.Write(ref _isOut, isOut);
        Wake();
    }

    public void Verbose(string message) => Post(cmdlet => cmdlet.WriteDetail(message));

    public void Debug(string message) => Post(cmdlet => cmdlet.WriteDebug(SafeText.Inline(message)));

    public void Warning(string message) => Post(cmdlet => cmdlet.WriteWarning(message));

    public void Prompt(string message) => Post(cmdlet => cmdlet.ShowPrompt(message));

    /// <exception cref="OperationCanceledException">The command has ended before it could be done.</exception>
    /// <exception cref="TimeoutException">The pipeline was held up elsewhere, perhaps by what waits for this, and it was not begun.</exception>
    public Task<string> RunAsync(Func<string> work, TimeSpan longest) => _scripts.RunAsync(work, longest, _gone.Task);

    public void Waiting(TimeSpan remaining)
    {
        long until = DateTime.UtcNow.Ticks + remaining.Ticks;
        Interlocked.Exchange(ref _waitingUntil, until);
        long warned = Interlocked.Read(ref _warnedUntil);
        if (remaining > WorthWarning && until > warned + Renewed.Ticks && Interlocked.CompareExchange(ref _warnedUntil, until, warned) == warned)
        {
            // Also where another command was told: who waits wants to know why.
            Warning(Messages.PauseWarning.With(new DateTime(until, DateTimeKind.Utc).ToLocalTime()));
        }

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

        _scripts.Run();
    }

    /// <summary>Waits until something has come, or <paramref name="longest"/> has passed.</summary>
    public void Wait(TimeSpan longest, CancellationToken cancellation)
    {
        _news.Wait(longest, cancellation);
        if (_sinceNews.Elapsed < Batch)
        {
            // News come thick and fast: once a moment for all of them costs less than once for each.
            cancellation.WaitHandle.WaitOne(1);
        }

        _sinceNews.Restart();
        _news.Reset();
    }

    public void Dispose()
    {
        // Whoever waits for a script of this command waits no more.
        _scripts.Leave(this);
        _gone.TrySetCanceled();
        _news.Dispose();
    }

    private void Post(Action<AsyncCmdlet> message)
    {
        _messages.Enqueue(message);
        _news.Set();
    }
}
