using System;
using System.Globalization;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// An update by what it asks for, and a count among identical ones: so that two identical rows are two updates, and a row that moved
/// in the file, or whose line ends did, is still the same.
/// </summary>
/// <param name="Hash">Of request, customer and the note in its normal form; of the other changes where there is no note.</param>
/// <param name="Occurrence">From 1.</param>
internal readonly record struct JournalKey(Guid Hash, int Occurrence)
{
    private const string Separator = "\u001F";

    public static Guid HashOf(string id, string? customerId, ServiceRequestChanges changes) => StableHash.Of(string.Join(
        Separator,
        id.ToUpperInvariant(),
        customerId?.ToUpperInvariant(),
        changes.Note is { } note ? "note" + Separator + NoteText.Normalize(note) : "fields" + Separator + changes.Key));

    /// <summary>The hash as version 1 of the journal has it.</summary>
    public static Guid FirstHashOf(string id, string? customerId, ServiceRequestChanges changes) =>
        StableHash.Of(string.Join(Separator, id.ToUpperInvariant(), customerId?.ToUpperInvariant(), changes.Key));

    public static JournalKey? Parse(string? text)
    {
        string[] parts = text?.Split('#') ?? [];
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out Guid hash)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int occurrence) && occurrence > 0
                ? new(hash, occurrence)
                : null;
    }

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:N}#{1}", Hash, Occurrence);
}
