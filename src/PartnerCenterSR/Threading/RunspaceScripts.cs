using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Threading;

/// <summary>
/// What has to run where scripts run, for all commands of a runspace: whichever of them has the pipeline thread runs it. Else one
/// would wait for a script that only another could run, which waits for what the script gives.
/// </summary>
internal sealed class RunspaceScripts
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceScripts> All = new();

    private readonly ConcurrentQueue<Action> _scripts = new();
    private readonly List<PipelineDispatcher> _commands = [];

    /// <summary>Those of the runspace that this thread is in.</summary>
    public static RunspaceScripts Here() => Runspace.DefaultRunspace is { } runspace ? All.GetOrCreateValue(runspace) : new();

    public void Join(PipelineDispatcher command)
    {
        lock (_commands)
        {
            _commands.Add(command);
        }
    }

    public void Leave(PipelineDispatcher command)
    {
        lock (_commands)
        {
            _commands.Remove(command);
        }
    }

    /// <summary>Has it run when it is its turn.</summary>
    /// <param name="script">What is to be run.</param>
    /// <param name="longest">How long it may have to wait for that.</param>
    /// <param name="gone">Ends when nobody waits for it any more.</param>
    /// <exception cref="TimeoutException">It was not begun: the pipeline was held up elsewhere, perhaps by what waits for this.</exception>
    public async Task<string> RunAsync(Func<string> script, TimeSpan longest, Task<string> gone)
    {
        // What it calls is called from within it, as if it had been awaited.
        ExecutionContext? caller = ExecutionContext.Capture();
        int isTaken = 0;
        TaskCompletionSource<string> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(Take);
        using CancellationTokenSource over = new();
        Task late = Task.Delay(longest, over.Token);
        bool isLate = await Task.WhenAny(done.Task, gone, late).ConfigureAwait(false) == late;
        over.Cancel();
        if (isLate && Interlocked.Exchange(ref isTaken, 1) == 0)
        {
            throw new TimeoutException();
        }

        return await (await Task.WhenAny(done.Task, gone).ConfigureAwait(false)).ConfigureAwait(false);

        void Take()
        {
            if (gone.IsCompleted || Interlocked.Exchange(ref isTaken, 1) != 0)
            {
                return;
            }

            try
            {
                string given = string.Empty;
                ExecutionContext.Run(caller!, _ => given = script(), null);
                done.SetResult(given);
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
    }

    /// <summary>To be called on the pipeline thread.</summary>
    public void Run()
    {
        while (_scripts.TryDequeue(out Action? script))
        {
            script();
        }
    }

    /// <summary>Has it run, and wakes whoever may be there to run it.</summary>
    private void Post(Action script)
    {
        _scripts.Enqueue(script);
        PipelineDispatcher[] commands;
        lock (_commands)
        {
            commands = [.. _commands];
        }

        Array.ForEach(commands, command => command.Wake());
    }
}
