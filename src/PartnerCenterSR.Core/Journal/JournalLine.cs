using System;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Journal;

/// <summary>One line of a journal, as docs/about/about_PartnerCenterSR_Bulk.md describes it. Null is not written; unknown fields are passed over.</summary>
internal sealed record JournalLine
{
    public const int CurrentVersion = 3;
    public const string Header = "header";
    public const string Intent = "intent";
    public const string End = "outcome";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    public string Type { get; init; } = string.Empty;

    public int? Version { get; init; }

    /// <summary>Of a header: the journal's own id.</summary>
    public string? JournalId { get; init; }

    /// <summary>Of a header: the connection. So the next two.</summary>
    public string? Endpoint { get; init; }

    public string? Tenant { get; init; }

    public string? Account { get; init; }

    public string? Key { get; init; }

    public long? Row { get; init; }

    public string? Id { get; init; }

    public string? CustomerId { get; init; }

    public ServiceRequestChanges Changes { get; init; } = new();

    /// <summary>The names of the changes that were sent, where the request had the others already. Null: all.</summary>
    public string? Sent { get; init; }

    /// <summary>Whether what was sent is the rest of an update that landed by half.</summary>
    public bool IsRest { get; init; }

    public UpdateOutcome? Outcome { get; init; }

    public string? ErrorId { get; init; }

    public string? Error { get; init; }

    public int? Attempts { get; init; }

    public string? RequestId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>By the clock of the machine that wrote it.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>By the service's clock: when an update was sent, or was certainly there. Null: that was not known.</summary>
    public DateTimeOffset? ServiceTime { get; init; }

    /// <returns>Null: it is no line of a journal.</returns>
    public static JournalLine? Parse(byte[] text)
    {
        using JsonDocument? document = JsonText.IsUtf8(text) ? JsonText.Parse(text) : null;
        return document?.RootElement.ValueKind == JsonValueKind.Object ? Read(new JsonFields(document.RootElement)) : null;
    }

    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartObject();
            Write(writer, "type", Type);
            Write(writer, "version", Version);
            Write(writer, "journal", JournalId);
            Write(writer, "endpoint", Endpoint);
            Write(writer, "tenant", Tenant);
            Write(writer, "account", Account);
            Write(writer, "key", Key);
            Write(writer, "row", Row);
            Write(writer, "id", Id);
            Write(writer, "customerId", CustomerId);
            foreach (System.Collections.Generic.KeyValuePair<string, string> change in Changes.Texts)
            {
                Write(writer, Camel(change.Key), change.Value);
            }

            Write(writer, "sent", Sent);
            Write(writer, "rest", IsRest ? 1L : null);
            Write(writer, "outcome", Outcome?.ToString());
            Write(writer, "errorId", ErrorId);
            Write(writer, "error", Error);
            Write(writer, "attempts", Attempts);
            Write(writer, "requestId", RequestId);
            Write(writer, "correlationId", CorrelationId);
            Write(writer, "time", Time?.ToString("O", CultureInfo.InvariantCulture));
            Write(writer, "serviceTime", ServiceTime?.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static JournalLine Read(JsonFields fields) => new()
    {
        Type = fields.Text("type") ?? string.Empty,
        Version = (int?)Number(fields, "version"),
        JournalId = fields.Text("journal"),
        Endpoint = fields.Text("endpoint"),
        Tenant = fields.Text("tenant"),
        Account = fields.Text("account"),
        Key = fields.Text("key"),
        Row = Number(fields, "row"),
        Id = fields.Text("id"),
        CustomerId = fields.Text("customerId"),
        Changes = ServiceRequestChanges.FromTexts(fields.Text),
        Sent = fields.Text("sent"),
        IsRest = Number(fields, "rest") == 1,
        Outcome = fields.Text("outcome") is { } outcome ? WireWords.Parse<UpdateOutcome>(outcome) : null,
        ErrorId = fields.Text("errorId"),
        Error = fields.Text("error"),
        Attempts = (int?)Number(fields, "attempts"),
        RequestId = fields.Text("requestId"),
        CorrelationId = fields.Text("correlationId"),
        Time = Date(fields, "time"),
        ServiceTime = Date(fields, "serviceTime"),
    };

    private static DateTimeOffset? Date(JsonFields fields, string name) =>
        DateTimeOffset.TryParse(fields.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static long? Number(JsonFields fields, string name) => long.TryParse(fields.Text(name), out long number) ? number : null;

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
