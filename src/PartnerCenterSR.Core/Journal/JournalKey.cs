using System;
using System.Globalization;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// An update by what it asks for, and a count among identical ones: so that two identical rows are two updates, and a row that moved
/// in the file, or whose line ends did, is still the same.
/// </summary>
/// <param name="Hash">Of request and the note in its normal form, whatever route it goes; of the other changes where there is no note.</param>
/// <param name="Occurrence">From 1.</param>
internal readonly record struct JournalKey(Guid Hash, int Occurrence)
{
    private const string Separator = "\u001F";

    public static Guid HashOf(string id, ServiceRequestChanges changes) => StableHash.Of(string.Join(Separator, id.ToUpperInvariant(), Wish(changes)));

    /// <summary>The hash as version 2 of the journal has it: there one request by two routes was two.</summary>
    public static Guid SecondHashOf(string id, string? customerId, ServiceRequestChanges changes) =>
        StableHash.Of(string.Join(Separator, id.ToUpperInvariant(), customerId?.ToUpperInvariant(), Wish(changes)));

    /// <summary>The hash as version 1 of the journal has it.</summary>
    public static Guid FirstHashOf(string id, string? customerId, ServiceRequestChanges changes) =>
        StableHash.Of(string.Join(Separator, id.ToUpperInvariant(), customerId?.ToUpperInvariant(), changes.Key));

    private static string Wish(ServiceRequestChanges changes) =>
        changes.Note is { } note ? "note" + Separator + NoteText.Normalize(note) : "fields" + Separator + changes.Key;

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
