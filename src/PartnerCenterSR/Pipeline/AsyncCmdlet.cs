using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Errors;

namespace PartnerCenterSR.Pipeline;

/// <summary>A cmdlet whose work is asynchronous inside, while it stays on the pipeline thread and stops at once on Ctrl+C.</summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private PipelineMailbox? _mailbox;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken Cancellation => _stop.Token;

    private protected PipelineMailbox Mailbox => _mailbox ??= new() { IsListening = Wants("Verbose") || Wants("Debug") };

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

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stop.Cancel();
        _mailbox?.Wake();
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is disposed of, not finalized.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _mailbox?.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>Waits for work on other threads, writing what they have to say meanwhile.</summary>
    private protected T Await<T>(Func<Task<T>> start)
    {
        Task<T> task = Task.Run(start);
        _ = task.ContinueWith(_ => Mailbox.Wake(), TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            WaitForNews();
        }

        Mailbox.Deliver(this);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits a moment for something to come, and writes it.</summary>
    private protected void WaitForNews()
    {
        ThrowIfStopping();
        try
        {
            Mailbox.Wait(Glance, Cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        Mailbox.Deliver(this);
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

    /// <summary>Whether a stream is shown, by the parameter or else the preference.</summary>
    private bool Wants(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out object given)
        ? (SwitchParameter)given
        : GetVariableValue(stream + "Preference") is { } preference && preference.ToString() is not ("SilentlyContinue" or "Ignore");

    private protected CallOptions Options(bool includeOrganizationRequests = false) =>
        new(Mailbox, Cancellation) { IncludeOrganizationRequests = includeOrganizationRequests };

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
