using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Input;
using PartnerCenterSR.Resources;
using PartnerCenterSR.Threading;

namespace PartnerCenterSR.Output;

/// <summary>
/// One run of updates, as the pipeline thread sees it: it asks, hands over, and writes what comes back, in order. A command is
/// one run, whatever its input is made of.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="dispatcher">Its dispatcher.</param>
/// <param name="session">The connection.</param>
/// <param name="maximumConcurrency">How many updates may be under way at once.</param>
/// <param name="journalPath">The journal. Null: none is kept.</param>
/// <param name="options">How calls are made.</param>
internal sealed class UpdateRun(
    UpdatePartnerServiceRequestCommand cmdlet, PipelineDispatcher dispatcher, PartnerSession session, int maximumConcurrency, string? journalPath, CallOptions options) : IDisposable
{
    private readonly UpdateProgress _progress = new(cmdlet, dispatcher);
    private UpdateEngine? _engine;
    private JournalFile? _journal;
    private (long Count, DateTimeOffset First, DateTimeOffset Last) _skipped = (0, DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    /// <summary>Tells that so many more will come.</summary>
    public void Expect(long count) => _progress.Expect(count);

    public void Add(ServiceRequestUpdate update)
    {
        // What is known already comes first: with -ErrorAction Stop it ends the command before the next is sent.
        WriteResults();
        if (!cmdlet.ShouldProcess(update.Id, update.Changes.Describe()))
        {
            return;
        }

        _engine ??= new(session, maximumConcurrency, OpenJournal(), options, dispatcher.Wake);
        while (_engine.IsFull)
        {
            Next();
        }

        _engine.Post(update);
        WriteResults();
        _progress.Show(_engine.Outstanding);
    }

    /// <summary>Tells that a row cannot be sent, when its turn comes.</summary>
    public void Refuse(PartnerCenterException error, long row, string? id, object? source)
    {
        if (_engine is { Outstanding: > 0 } engine)
        {
            engine.Refuse(new(row, id ?? string.Empty, null, new(), null, source), error);
            WriteResults();
            return;
        }

        _progress.Count(failed: true);
        cmdlet.WriteError(ErrorRecords.From(error, source));
    }

    /// <summary>Waits for what is under way.</summary>
    public void Finish()
    {
        while (_engine?.Outstanding > 0)
        {
            Next();
        }

        _progress.Complete();
        TellOfEarlierRuns();
        Dispose();
    }

    public void ShowProgress()
    {
        if (_engine is not null)
        {
            _progress.Show(_engine.Outstanding);
        }
    }

    public void Dispose()
    {
        UpdateEngine? engine = Interlocked.Exchange(ref _engine, null);
        engine?.Dispose();
    }

    private JournalFile? OpenJournal()
    {
        try
        {
            SignInFacts facts = session.Tokens.Facts;
            JournalBinding binding = new(session.Settings.Endpoint.GetLeftPart(UriPartial.Authority), facts.Tenant, facts.Account);
            return journalPath is null ? null : _journal = JournalFile.Open(journalPath, binding, session.Clock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.FileOpenFailure(journalPath!, error));
            throw;
        }
    }

    /// <summary>What was skipped is told, and what is still open.</summary>
    private void TellOfEarlierRuns()
    {
        if (_skipped.Count > 0)
        {
            string told = Messages.SkippedSummary.With(_skipped.Count, _skipped.First.LocalDateTime, _skipped.Last.LocalDateTime);
            cmdlet.WriteInformation(new HostInformationMessage { Message = told }, ["PSHOST"]);
        }

        if (_journal?.LeftOpen is { Count: > 0 } open)
        {
            cmdlet.WriteWarning(Messages.LeftOpen.With(string.Join(", ", System.Linq.Enumerable.Select(open, record => record.Intent.Id))));
        }
    }

    private void Next()
    {
        if (!WriteResults())
        {
            cmdlet.WaitForResults();
        }
    }

    private bool WriteResults()
    {
        bool any = false;
        while (_engine is { } engine && engine.TryTake(out UpdateResult result))
        {
            any = true;
            dispatcher.Deliver(cmdlet);
            Write(result);
        }

        return any;
    }

    private void Write(UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        _progress.Count(result.Outcome != UpdateOutcome.Succeeded);
        string location = update.Location is null ? update.Id : $"{update.Location} ({update.Id})";
        if (result.Outcome != UpdateOutcome.Succeeded)
        {
            ErrorRecord record = ErrorRecords.From(result.Error!, update.Source is long line ? Row(update, line) : update.Source, result.WasRefused ? null : location);
            if (result.Error!.ErrorId == ErrorIds.InvalidJournal)
            {
                cmdlet.ThrowTerminatingError(record);
            }

            cmdlet.WriteError(record);
        }
        else if (result.SkippedAs is { } doneAt)
        {
            _skipped = (_skipped.Count + 1, doneAt < _skipped.First ? doneAt : _skipped.First, doneAt > _skipped.Last ? doneAt : _skipped.Last);
            cmdlet.WriteVerbose(Messages.VerboseSkipped.With(location));
        }
        else if (result.Request is { } request)
        {
            if (result.Contradiction is { } missing)
            {
                cmdlet.WriteWarning(Messages.Contradicted.With(location, missing));
            }

            cmdlet.WriteObject(request);
        }
        else
        {
            cmdlet.WriteWarning(Messages.UpdatedButUnread.With(location, result.Error!.Message));
        }
    }

    private static PSObject Row(ServiceRequestUpdate update, long line) =>
        PipedRow.Create(line, update.Id, update.Changes.Note, update.Changes.Status?.ToString(), update.CustomerId);
}
