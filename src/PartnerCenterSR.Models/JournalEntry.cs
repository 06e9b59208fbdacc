using System;
using System.Collections.Generic;

namespace PartnerCenterSR;

/// <summary>One update of a journal: what was asked, and how it ended.</summary>
public sealed class JournalEntry
{
    private readonly IReadOnlyDictionary<string, string> _changes;

    /// <param name="changes">What was asked, as text, by the names of the properties here.</param>
    internal JournalEntry(IReadOnlyDictionary<string, string> changes) => _changes = changes;

    /// <summary>The row of the input, from 1.</summary>
    public long Row { get; internal init; }

    /// <summary>The service request.</summary>
    public string Id { get; internal init; } = string.Empty;

    /// <summary>How it ended.</summary>
    public UpdateOutcome Outcome { get; internal init; }

    /// <summary>The note that was to be added. Null: none.</summary>
    public string? Note => Change(nameof(Note));

    /// <summary>The state that was to be set. Null: none.</summary>
    public ServiceRequestStatus? Status => Word<ServiceRequestStatus>(nameof(Status));

    /// <summary>The customer through whom it was to go. Null: the partner's own scope.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>The severity that was to be set. Null: none.</summary>
    public ServiceRequestSeverity? Severity => Word<ServiceRequestSeverity>(nameof(Severity));

    /// <summary>The title that was to be set. Null: none.</summary>
    public string? Title => Change(nameof(Title));

    /// <summary>The description that was to be set. Null: none.</summary>
    public string? Description => Change(nameof(Description));

    /// <summary>The stable id of the error. Null: none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>The error in words. Null: none.</summary>
    public string? ErrorMessage { get; internal init; }

    /// <summary>How often the update was sent. Null: the run ended before it could say.</summary>
    public int? Attempts { get; internal init; }

    /// <summary>The update's MS-RequestId.</summary>
    public string RequestId { get; internal init; } = string.Empty;

    /// <summary>The MS-CorrelationId, for Microsoft's support.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>When it began, in local time.</summary>
    public DateTime StartedAt { get; internal init; }

    /// <summary>When it ended, in local time. Null: the run ended before.</summary>
    public DateTime? EndedAt { get; internal init; }

    /// <summary>Row, number and outcome.</summary>
    public override string ToString() => $"{Row}: {Id} {Outcome}";

    private string? Change(string name) => _changes.TryGetValue(name, out string? text) ? text : null;

    private T? Word<T>(string name)
        where T : struct => Enum.TryParse(Change(name), out T value) ? value : null;
}
