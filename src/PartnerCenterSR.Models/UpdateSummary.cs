using System;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR;

/// <summary>What a run of updates did. It is the message of the information record with which a run ends; as text it is one line.</summary>
public sealed class UpdateSummary
{
    internal UpdateSummary()
    {
    }

    /// <summary>How many updates took effect in this run.</summary>
    public long Succeeded { get; internal set; }

    /// <summary>How many requests were as asked before, so that nothing was sent (<c>-SkipUnchanged</c>).</summary>
    public long Unchanged { get; internal set; }

    /// <summary>How many the journal had as done.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many failed, bad rows included.</summary>
    public long Failed { get; internal set; }

    /// <summary>Of how many it cannot be known whether they took effect.</summary>
    public long Unknown { get; internal set; }

    /// <summary>How many were not sent: they wait for an earlier row, or the run ended before.</summary>
    public long NotSent { get; internal set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Where the journal is. Null: none is kept.</summary>
    public string? JournalPath { get; internal set; }

    /// <summary>All of them.</summary>
    public long Total => Succeeded + Unchanged + Skipped + Failed + Unknown + NotSent;

    /// <summary>One line for a person.</summary>
    public override string ToString()
    {
        (long Count, string Text)[] parts =
        [
            (Succeeded, Messages.SummarySucceeded), (Unchanged, Messages.SummaryUnchanged), (Skipped, Messages.SummarySkipped),
            (Failed, Messages.SummaryFailed), (Unknown, Messages.SummaryUnknown), (NotSent, Messages.SummaryNotSent),
        ];
        string told = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => part.Text.With(part.Count)));
        string journal = JournalPath is null ? string.Empty : Messages.SummaryJournal.With(JournalPath);
        return Messages.Summary.With(told.Length > 0 ? told : Messages.SummaryNothing, TimeSpan.FromSeconds(Math.Round(Duration.TotalSeconds)), journal);
    }
}
