using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerCenterSR.Core.Journal;

/// <summary>One line of a journal, as docs/about/about_PartnerCenterSR_Bulk.md describes it.</summary>
internal sealed class JournalLine
{
    public const int CurrentVersion = 1;
    public const string Header = "header";
    public const string Intent = "intent";
    public const string End = "outcome";

    /// <summary>The first line as it is written: of no other file is it the beginning.</summary>
    public static string FirstLine { get; } =
        JsonSerializer.Serialize(new JournalLine { Type = Header, Version = CurrentVersion }, JournalJson.Default.JournalLine);

    public string Type { get; set; } = string.Empty;

    public int? Version { get; set; }

    public string? Key { get; set; }

    public long? Row { get; set; }

    public string? Id { get; set; }

    public string? CustomerId { get; set; }

    public string? Note { get; set; }

    public ServiceRequestStatus? Status { get; set; }

    public ServiceRequestSeverity? Severity { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public UpdateOutcome? Outcome { get; set; }

    public string? ErrorId { get; set; }

    public string? Error { get; set; }

    public int? Attempts { get; set; }

    public string? RequestId { get; set; }

    public string? CorrelationId { get; set; }

    public DateTimeOffset? Time { get; set; }
}

/// <summary>How a line is written: camel case, words for enums, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
