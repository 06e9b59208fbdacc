namespace PartnerCenterSR.Core.Journal;

/// <summary>One update of a journal: its last intent, and what became of it.</summary>
/// <param name="key">Its key.</param>
/// <param name="intent">Its last intent.</param>
/// <param name="sequence">The place of its first intent among all.</param>
internal sealed class JournalRecord(JournalKey key, JournalLine intent, long sequence)
{
    public JournalKey Key { get; } = key;

    public long Sequence { get; } = sequence;

    public JournalLine Intent { get; } = intent;

    /// <summary>When it first began, by the service's clock. Null: that is not known.</summary>
    public System.DateTimeOffset? FirstServiceTime { get; init; }

    /// <summary>Null: the run ended before it was known.</summary>
    public JournalLine? End { get; set; }

    public UpdateOutcome Outcome => End?.Outcome ?? UpdateOutcome.Unknown;

    public JournalEntry ToEntry() => new(Intent.Changes.Texts)
    {
        Row = Intent.Row ?? 0,
        Id = Intent.Id ?? string.Empty,
        CustomerId = Intent.CustomerId,
        Outcome = Outcome,
        ErrorId = End?.ErrorId,
        ErrorMessage = End?.Error,
        Attempts = End?.Attempts,
        RequestId = Intent.RequestId ?? string.Empty,
        CorrelationId = End?.CorrelationId ?? Intent.CorrelationId,
        StartedAt = (Intent.Time ?? default).LocalDateTime,
        EndedAt = End?.Time?.LocalDateTime,
    };
}
