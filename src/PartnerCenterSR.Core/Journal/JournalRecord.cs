namespace PartnerCenterSR.Core.Journal;

/// <summary>One update of a journal: its last intent, and what became of it.</summary>
internal sealed class JournalRecord(JournalLine intent)
{
    public JournalLine Intent { get; } = intent;

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
