using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Input;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

/// <summary>What comes back is written where a person, or a script, finds it.</summary>
internal sealed partial class UpdateRun
{
    private bool WriteResults()
    {
        // Words first: where one of them ends the command, what has come is still there to be told.
        dispatcher.Deliver(cmdlet);
        bool any = false;
        for (; _engine is { } engine && engine.TryTake(out UpdateResult result); any = true)
        {
            Write(result);
            dispatcher.Deliver(cmdlet);
        }

        return any;
    }

    private void Write(UpdateResult result)
    {
        _progress.Count(result.Outcome is UpdateOutcome.Failed or UpdateOutcome.Unknown);
        _tally.Count(result);
        if (result.WasStopped)
        {
            _untold.Add(result);
            return;
        }

        try
        {
            Tell(result);
        }
        catch (PipelineStoppedException)
        {
            _untold.Add(result);
            throw;
        }
    }

    private void Tell(UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        if (wishes.IsQuiet && result.Outcome == UpdateOutcome.Succeeded && result.SkippedAs is null)
        {
            _quietlyDone.Add(update.Id);
        }

        string location = update.Location is null ? update.Id : $"{update.Location} ({update.Id})";
        if (result.Outcome is UpdateOutcome.Failed or UpdateOutcome.Unknown)
        {
            WriteFailure(result, location);
        }
        else if (result.SkippedAs is not null)
        {
            cmdlet.WriteDetail(Messages.VerboseSkipped.With(location));
        }
        else if (result.Request is { } request)
        {
            if (result.Contradiction is { } missing)
            {
                cmdlet.WriteWarning(Messages.Contradicted.With(location, missing));
            }

            if (!wishes.IsQuiet)
            {
                cmdlet.WriteObject(request);
            }
        }
        else if (result.Error is { } error)
        {
            cmdlet.WriteWarning(Messages.UpdatedButUnread.With(location, error.Message));
        }
    }

    private void WriteFailure(UpdateResult result, string location)
    {
        ServiceRequestUpdate update = result.Update;
        if (!result.IsEnd)
        {
            if (_end is not null && result.Error!.ErrorId == ErrorIds.NotSent)
            {
                // The end of the run tells of these.
                return;
            }

            if (cmdlet.PreferenceOf("Error") == nameof(ActionPreference.Stop))
            {
                _progress.Complete();
            }

            cmdlet.WriteError(ErrorRecords.From(result.Error!, update.Source is long line ? Row(update, line) : update.Source, result.WasRefused ? null : location));
            return;
        }

        if (_end is null)
        {
            End(result.Error!);
        }
    }

    private static PSObject Row(ServiceRequestUpdate update, long line) =>
        PipedRow.Create(line, update.Id, update.Changes.Note, update.Changes.Status?.ToString(), update.CustomerId);
}
