using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Output;
using PartnerCenterSR.Threading;

namespace PartnerCenterSR.Commands;

/// <summary>A cmdlet whose work is asynchronous inside, while it stays on the pipeline thread and stops at once on Ctrl+C.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private const string Rehearsal = "WhatIf";

    private readonly CancellationTokenSource _stop = new();
    private PipelineDispatcher? _dispatcher;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    private protected PipelineDispatcher Dispatcher => _dispatcher ??= new() { IsListening = Wants("Verbose") || Wants("Debug") };

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Shows a message to a person, also where the output is captured.</summary>
    internal void ShowPrompt(string message)
    {
        // The host is where a person sits; a host without one keeps warnings in its log.
        if (Host.UI is { } ui)
        {
            ui.WriteLine(message);
        }
        else
        {
            WriteWarning(message);
        }
    }

    /// <summary>Writes a verbose line. With -Debug alone PowerShell would ask at each whether to go on, and fail where nobody can answer: there it is a debug line.</summary>
    internal void WriteDetail(string message)
    {
        if (MyInvocation.BoundParameters.ContainsKey("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            WriteDebug(message);
            return;
        }

        WriteVerbose(message);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
            _dispatcher?.Wake();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is disposed of, not finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _dispatcher?.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>Waits for work on other threads, writing what they have to say meanwhile.</summary>
    private protected T Await<T>(Func<Task<T>> start)
    {
        // Made before the other thread exists, which uses it too.
        PipelineDispatcher dispatcher = Dispatcher;
        Task<T> task = Task.Run(start);
        _ = task.ContinueWith(_ => dispatcher.Wake(), TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            WaitForNews();
        }

        Dispatcher.Deliver(this);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for work that has no result.</summary>
    private protected void Await(Func<Task> start) => Await(async () =>
    {
        await start().ConfigureAwait(false);
        return true;
    });

    /// <summary>Waits a moment for something to come, and writes it.</summary>
    private protected void WaitForNews()
    {
        ThrowIfStopping();
        try
        {
            Dispatcher.Wait(PollInterval, Cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        Dispatcher.Deliver(this);
        OnNews();
    }

    /// <summary>Called between two looks, for what is shown while waiting.</summary>
    private protected virtual void OnNews()
    {
    }

    private protected void ThrowIfStopping()
    {
        if (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>What is to happen when a stream is written to: the parameter of the command, or else the preference. Null: nobody says.</summary>
    internal string? PreferenceOf(string stream)
    {
        const string Parameter = "Action";
        object? preference = MyInvocation.BoundParameters.TryGetValue(stream + Parameter, out object given) ? given : GetVariableValue(stream + "Preference");
        return preference?.ToString();
    }

    /// <summary>Whether nothing is to be done, only said (-WhatIf).</summary>
    internal bool IsRehearsal => MyInvocation.BoundParameters.TryGetValue(Rehearsal, out object given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue(Rehearsal + "Preference"));

    /// <summary>Whether a stream is shown, by the parameter or else the preference.</summary>
    private bool Wants(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out object given)
        ? (SwitchParameter)given
        : PreferenceOf(stream) is not (null or "SilentlyContinue" or "Ignore");

    private protected CallOptions Options(bool includeOrganizationRequests = false) =>
        new(Dispatcher, Cancellation) { IncludeOrganizationRequests = includeOrganizationRequests };

    /// <summary>Runs the work of a processing method: what goes wrong ends the command, with an error that has an id.</summary>
    private protected void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (PartnerCenterException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error, null));
        }
    }
}
