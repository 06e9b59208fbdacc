namespace PartnerCenterSR.Core.Journal;

/// <summary>One update of a journal: its last intent, and what became of it.</summary>
/// <param name="key">Its key.</param>
/// <param name="intent">Its last intent.</param>
/// <param name="before">What was known of it before that intent. Null: nothing.</param>
/// <param name="place">The place of that intent among all.</param>
internal sealed class JournalRecord(JournalKey key, JournalLine intent, JournalRecord? before, long place)
{
    // Where it waited, its intent was written anew: it had not left with the one before.
    private readonly bool _hadLeft = before is { End: null } && before.Intent.RequestId == intent.RequestId ? before._hadLeft : before?.HasLeft == true;
    private JournalLine? _end;

    public JournalKey Key { get; } = key;

    public long Place { get; } = place;

    public JournalLine Intent { get; } = intent;

    /// <summary>When it first began, by the service's clock. Null: that is not known.</summary>
    public System.DateTimeOffset? FirstServiceTime { get; } = before is null ? intent.ServiceTime : before.FirstServiceTime;

    /// <summary>Null: the run ended before it was known.</summary>
    public JournalLine? End
    {
        get => _end;
        set => (_end, WasUnknown) = (value, WasUnknown || value?.Outcome == UpdateOutcome.Unknown);
    }

    /// <summary>Whether any attempt may have left, in whatever run: what never has is as new.</summary>
    public bool HasLeft => _hadLeft || WasUnknown || End?.Attempts != 0;

    private bool WasUnknown { get; set; }

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
