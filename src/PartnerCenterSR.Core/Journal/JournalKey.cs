using System;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// An update by what it asks for, and a count among identical ones: so that two identical rows are two updates, and a row
/// that moved in the file is still the same.
/// </summary>
/// <param name="Hash">Of number, customer and changes.</param>
/// <param name="Occurrence">From 1.</param>
internal readonly record struct JournalKey(Guid Hash, int Occurrence)
{
    public static Guid HashOf(ServiceRequestUpdate update) =>
        StableHash.Of(string.Join("\u001F", update.Id.ToUpperInvariant(), update.CustomerId?.ToUpperInvariant(), update.Changes.Key));

    public static JournalKey? Parse(string? text)
    {
        string[] parts = text?.Split('#') ?? [];
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out Guid hash) && int.TryParse(parts[1], out int occurrence)
            ? new(hash, occurrence)
            : null;
    }

    public override string ToString() => $"{Hash:N}#{Occurrence}";
}
