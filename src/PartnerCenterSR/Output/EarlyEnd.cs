using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

/// <summary>What a run that ended before its time had come to, told where a person sees it: by then no stream may be written to.</summary>
internal static class EarlyEnd
{
    /// <param name="cmdlet">The command.</param>
    /// <param name="left">What was taken in and not written.</param>
    /// <param name="quietlyDone">What landed and was not to be written.</param>
    /// <param name="tally">What the whole run has come to.</param>
    public static void Tell(PSCmdlet cmdlet, IReadOnlyList<UpdateResult> left, IReadOnlyList<string> quietlyDone, UpdateTally tally)
    {
        if (left.Count == 0 && quietlyDone.Count == 0 && !tally.IsLarge)
        {
            return;
        }

        string[] landed = [.. quietlyDone, .. left.Where(result => result.Outcome is UpdateOutcome.Succeeded && result.SkippedAs is null).Select(result => result.Update.Id)];
        string[] open = [.. left.Where(result => result.Outcome is UpdateOutcome.Unknown).Select(result => result.Update.Id)];
        string[] failed = [.. left.Where(result => result is { Outcome: UpdateOutcome.Failed, IsNotSent: false }).Select(Reason)];
        long notSent = left.Count(result => result.IsNotSent);
        Func<string[], string> names = tally.HasJournal ? FirstIds.Of : ids => string.Join(", ", ids);
        string told = Messages.StoppedEarly.With(
            landed.Length > 0 ? Messages.StoppedLanded.With(names(landed)) : string.Empty,
            open.Length > 0 ? Messages.StoppedOpen.With(names(open)) : string.Empty,
            failed.Length > 0 ? Messages.StoppedFailed.With(names(failed)) : string.Empty,
            notSent > 0 ? Messages.StoppedNotSent.With(notSent) : string.Empty) + (tally.IsLarge ? " " + tally.Summary() : string.Empty);
        Warn(cmdlet, told);
    }

    /// <summary>Says it where it is seen although no stream is open any more.</summary>
    public static void Warn(PSCmdlet cmdlet, string text)
    {
        try
        {
            cmdlet.Host?.UI?.WriteWarningLine(text);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A host without a screen: the journal, if there is one, has it all. Nothing is left that could be written to.
            System.Diagnostics.Debug.WriteLine(error);
        }
    }

    private static string Reason(UpdateResult result) => $"{(result.Update.Id.Length > 0 ? result.Update.Id : Messages.Row.With(result.Update.Row))} ({result.Error?.ErrorId})";
}
