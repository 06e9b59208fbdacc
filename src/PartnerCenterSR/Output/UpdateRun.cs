using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
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
/// <param name="wishes">How the run is to be made.</param>
/// <param name="journalPath">The journal. Null: none is kept.</param>
/// <param name="options">How calls are made.</param>
internal sealed partial class UpdateRun(
    UpdatePartnerServiceRequestCommand cmdlet, PipelineDispatcher dispatcher, PartnerSession session, UpdateWishes wishes, string? journalPath, CallOptions options) : IDisposable
{
    private readonly UpdateProgress _progress = new(cmdlet, dispatcher);
    private readonly UpdateTally _tally = new(journalPath, session.Clock);
    private UpdateEngine? _engine;
    private JournalFile? _journal;
    private readonly List<string> _quietlyDone = [];

    // Open from an earlier run, and not to be looked at.
    private readonly List<string> _declined = [];

    // Counted, and not told: the command was stopped while they were.
    private readonly List<UpdateResult> _untold = [];
    private PartnerCenterException? _end;
    private bool _isInputRead;
    private bool _isTold;

    /// <summary>Tells that so many more will come.</summary>
    public void Expect(long count)
    {
        _progress.Expect(count);
        _tally.Expect(count);
    }

    /// <param name="update">The update.</param>
    /// <param name="isOfFile">Whether it is one of those that were expected.</param>
    public void Add(ServiceRequestUpdate update, bool isOfFile = false)
    {
        // What is known already comes first: with -ErrorAction Stop it ends the command before the next is sent.
        WriteResults();
        _engine ??= new(session, wishes, _journal = journalPath is null ? null : RunJournal.Open(cmdlet, session, journalPath, cmdlet.IsRehearsal), options, dispatcher.Wake);
        JournalClaim? claim = _engine.Claim(update);

        // What is done already, or is not sent, is neither asked about nor rehearsed.
        if (claim is not ({ IsDone: true } or { Refusal: not null }) && !cmdlet.ShouldProcess(Target(update), update.Changes.Describe()))
        {
            if (claim?.Unfinished is not null && !cmdlet.IsRehearsal)
            {
                _declined.Add(update.Id);
            }

            _tally.Take(isOfFile);
            return;
        }

        while (_engine.IsFull)
        {
            Next();
        }

        _engine.Post(update, claim);
        _tally.Take(isOfFile);
        WriteResults();
        _progress.Show(_engine.Outstanding);
    }

    /// <summary>Tells that a row cannot be sent, when its turn comes.</summary>
    public void Refuse(PartnerCenterException error, long row, string? id, object? source)
    {
        if (_engine is { Outstanding: > 0 } engine)
        {
            while (engine.IsFull)
            {
                Next();
            }

            engine.Refuse(new(row, id ?? string.Empty, null, new(), null, source), error);
            WriteResults();
            return;
        }

        _progress.Count(failed: true);
        _tally.CountRefused();
        cmdlet.WriteError(ErrorRecords.From(error, source));
    }

    /// <summary>Waits for what is under way, and says what was done.</summary>
    public void Finish()
    {
        _isInputRead = true;
        WaitForAll();
        if (_engine?.Ended is { } ended && _end is null && UpdateResult.EndsRun(ended))
        {
            // All that was taken in was under way already: none is left that it would have kept from being sent.
            End(ended);
        }

        _declined.AddRange(_journal?.LeftOpen.Select(record => record.Intent.Id!) ?? []);
        if (_declined.Count > 0)
        {
            cmdlet.WriteWarning(Messages.LeftOpen.With(FirstIds.Of(_declined)));
        }

        // From here on all is told, also where a preference of somebody's ends the command.
        _isTold = true;
        WriteSummary();
        Dispose();
    }

    public void ShowProgress()
    {
        if (_engine is not null)
        {
            _progress.Show(_engine.Outstanding);
        }
    }

    /// <summary>Ends the run, at its end or before: what nobody saw is named where a person sees it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
        {
            engine.Dispose();
            if (!_isTold)
            {
                UpdateResult[] left = [.. engine.Left()];
                Array.ForEach(left, _tally.Count);
                _tally.CountNotTaken();
                EarlyEnd.Tell(cmdlet, _untold.Concat(left).ToArray(), _quietlyDone, _tally);
            }

            if (_journal?.Failure is { } failure && _end?.ErrorId != ErrorIds.InvalidJournal)
            {
                EarlyEnd.Warn(cmdlet, Messages.JournalLacksEnd.With(journalPath, failure.InnerException!.Message));
            }
        }
    }

    private void WaitForAll()
    {
        while (_engine?.Outstanding > 0)
        {
            Next();
        }

        _progress.Complete();
    }

    private void WriteSummary()
    {
        if (_tally.IsWorthTelling)
        {
            cmdlet.WriteInformation(_tally.Summary(), ["PSHOST"]);
        }
    }

    private void Next()
    {
        if (!WriteResults())
        {
            cmdlet.WaitForResults();
        }
    }

    /// <summary>The end of the run, told once, when all that is under way has ended too.</summary>
    private void End(PartnerCenterException end)
    {
        _end = end.InnerException is PartnerCenterException root && root.ErrorId == end.ErrorId ? root : end;
        WaitForAll();
        PartnerCenterException told = _tally.Explain(_end, _isInputRead || cmdlet.HasOneFile);
        _isTold = true;
        if (cmdlet.PreferenceOf("Information") != nameof(ActionPreference.Stop))
        {
            // There why the run ended would never be told; it has the same numbers.
            WriteSummary();
        }

        Dispose();
        cmdlet.ThrowTerminatingError(ErrorRecords.From(told, null));
    }

    /// <summary>The id, and the title where it is known: of what was piped, or seen lately.</summary>
    private string Target(ServiceRequestUpdate update)
    {
        string? title = TitleOf(update.Source as PSObject)
            ?? session.Recent.List().FirstOrDefault(request => request.Id == update.Id)?.Title;
        return string.IsNullOrWhiteSpace(title) ? update.Id : $"{update.Id} {SafeText.Line(title)}";
    }

    private static string? TitleOf(PSObject? piped)
    {
        try
        {
            return piped?.Properties["Title"]?.Value as string;
        }
        catch (GetValueException)
        {
            // It is computed, and only shown: the update has no part in it.
            return null;
        }
    }
}
