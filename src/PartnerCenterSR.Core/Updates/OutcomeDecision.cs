using System;
using System.Linq;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Whether an update whose outcome is open has taken effect, judged by the request read back. The table is in
/// docs/about/about_PartnerCenterSR_Bulk.md.
/// </summary>
internal static class OutcomeDecision
{
    public enum Verdict
    {
        NotApplied,
        Applied,
        Undecidable,
    }

    /// <param name="changes">What was asked for.</param>
    /// <param name="found">The request as read back.</param>
    /// <param name="serviceDate">The service's clock when it was read. Null: the service did not say.</param>
    /// <param name="readAt">This machine's clock then.</param>
    /// <param name="began">This machine's clock when the update was first sent.</param>
    /// <param name="earlier">Identical notes that came just before.</param>
    public static Verdict Decide(
        ServiceRequestChanges changes,
        ServiceRequest found,
        DateTimeOffset? serviceDate,
        DateTimeOffset readAt,
        DateTimeOffset began,
        RecentNotes.Earlier earlier) => changes.Note is { } note
            ? ByNote(note, found, serviceDate, readAt, earlier.Began < began.UtcDateTime ? earlier.Began : began.UtcDateTime, earlier)
            : ByState(changes, found);

    private static Verdict ByNote(
        string note,
        ServiceRequest found,
        DateTimeOffset? serviceDate,
        DateTimeOffset readAt,
        DateTime since,
        RecentNotes.Earlier earlier)
    {
        string wanted = NoteText.Normalize(note);
        ServiceRequestNote[] same = [.. found.Notes.Where(candidate => NoteText.Normalize(candidate.Text) == wanted)];
        if (same.Length < earlier.Certain)
        {
            // Notes that are certainly there are not shown: the answer is older than they are.
            return Verdict.Undecidable;
        }

        if (same.Length == 0)
        {
            return Verdict.NotApplied;
        }

        // Read before it was sent: this machine's clock was set back between two runs, and no time can be measured by it.
        if (serviceDate is not { } now || readAt.UtcDateTime < since || same.Any(candidate => candidate.CreatedDate is null))
        {
            return Verdict.Undecidable;
        }

        DateTimeOffset notBefore = now - (readAt.UtcDateTime - since) - RecentNotes.ClockSkew;
        int recent = same.Count(candidate => candidate.CreatedDate!.Value.ToUniversalTime() >= notBefore.UtcDateTime);
        return recent > earlier.Certain + earlier.Possible ? Verdict.Applied
            : recent == earlier.Certain ? Verdict.NotApplied
            : Verdict.Undecidable;
    }

    private static Verdict ByState(ServiceRequestChanges changes, ServiceRequest found) =>
        changes.AreFieldsIn(found) ? Verdict.Applied : Verdict.NotApplied;
}
