using System;
using System.Management.Automation;
using System.Threading;
using PartnerCenterSR.Binding;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Errors;
using PartnerCenterSR.Pipeline;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Commands;

/// <summary>One run of updates as the pipeline thread sees it: asks, hands over, and writes what comes back, in order.</summary>
internal sealed class UpdateRun : IDisposable
{
    private readonly UpdatePartnerServiceRequestCommand _cmdlet;
    private readonly PipelineMailbox _mailbox;
    private readonly PartnerSession _session;
    private readonly int _width;
    private readonly string? _journalPath;
    private readonly CallOptions _options;
    private readonly UpdateProgress _progress;
    private UpdateEngine? _engine;

    public UpdateRun(
        UpdatePartnerServiceRequestCommand cmdlet, PipelineMailbox mailbox, PartnerSession session, int width, string? journalPath, CallOptions options)
    {
        _cmdlet = cmdlet;
        _mailbox = mailbox;
        _session = session;
        _width = width;
        _journalPath = journalPath;
        _options = options;
        _progress = new(cmdlet, mailbox);
    }

    /// <summary>Tells how many there will be.</summary>
    public void Expect(long total) => _progress.Total = total;

    public void Add(ServiceRequestUpdate update)
    {
        if (!_cmdlet.ShouldProcess(update.Id, ChangeText.Describe(update.Changes)))
        {
            return;
        }

        _engine ??= new(_session, _width, _journalPath is null ? null : JournalFile.Open(_journalPath), _options, _mailbox.Wake);
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
        _cmdlet.WriteError(ErrorRecords.From(error, source));
    }

    /// <summary>Waits for what is under way.</summary>
    public void Finish()
    {
        while (_engine?.Outstanding > 0)
        {
            Next();
        }

        _progress.Complete();
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

    private void Next()
    {
        if (!WriteResults())
        {
            _cmdlet.WaitForResults();
        }
    }

    private bool WriteResults()
    {
        bool any = false;
        while (_engine is { } engine && engine.TryTake(out UpdateResult result))
        {
            any = true;
            _mailbox.Deliver(_cmdlet);
            Write(result);
        }

        return any;
    }

    private void Write(UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        _progress.Count(result.Outcome != UpdateOutcome.Succeeded);
        string place = update.Place is null ? update.Id : $"{update.Place} ({update.Id})";
        if (result.Outcome != UpdateOutcome.Succeeded)
        {
            ErrorRecord record = ErrorRecords.From(result.Error!, update.Source is long line ? Row(update, line) : update.Source, result.WasRefused ? null : place);
            if (result.Error!.ErrorId == ErrorIds.InvalidJournal)
            {
                _cmdlet.ThrowTerminatingError(record);
            }

            _cmdlet.WriteError(record);
        }
        else if (result.WasSkipped)
        {
            _cmdlet.WriteVerbose(Messages.VerboseSkipped.With(place));
        }
        else if (result.Request is { } request)
        {
            _cmdlet.WriteObject(request);
        }
        else
        {
            _cmdlet.WriteWarning(Messages.UpdatedButUnread.With(place, result.Error!.Message));
        }
    }

    private static PSObject Row(ServiceRequestUpdate update, long line) =>
        UpdateRow.Create(line, update.Id, update.Changes.Note, update.Changes.Status?.ToString(), update.CustomerId);
}
