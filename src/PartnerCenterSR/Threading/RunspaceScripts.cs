using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

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

    /// <summary>Has it run, and wakes whoever may be there to run it.</summary>
    public void Post(Action script)
    {
        _scripts.Enqueue(script);
        PipelineDispatcher[] commands;
        lock (_commands)
        {
            commands = [.. _commands];
        }

        Array.ForEach(commands, command => command.Wake());
    }

    /// <summary>To be called on the pipeline thread.</summary>
    public void Run()
    {
        while (_scripts.TryDequeue(out Action? script))
        {
            script();
        }
    }
}
