using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Tests.Fuzz;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Properties;

/// <summary>What is written is read back the same: bodies, journals, and files as Export-Csv and spreadsheets write them.</summary>
public sealed class WritingProperties : IDisposable
{
    private const string Id = "616122292874576";
    private static readonly Gen<ServiceRequestChanges> Changes = Gen.Select(
        Texts.Whole.Null(), Gen.Enum<ServiceRequestStatus>().Nullable(), Gen.Enum<ServiceRequestSeverity>().Nullable(), Texts.Whole.Null(), Texts.Whole.Null(),
        (note, status, severity, title, description) => new ServiceRequestChanges { Note = note, Status = status, Severity = severity, Title = title, Description = description });

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_body_has_what_was_asked_and_nothing_else() => Gen.Select(Changes, Gen.Bool, Gen.Bool).Sample((changes, statusAsNumber, severityAsNumber) =>
    {
        string[] asNumbers = [.. new[] { statusAsNumber ? "Status" : null, severityAsNumber ? "Severity" : null }.OfType<string>()];
        using JsonDocument body = JsonDocument.Parse(changes.ToBody(asNumbers));
        Dictionary<string, JsonElement> sent = body.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        Assert.Equal(changes.Texts.Keys.Select(name => name == "Note" ? "NewNote" : name).Order(), sent.Keys.Order());
        Assert.Equal(changes.Note, sent.TryGetValue("NewNote", out JsonElement note) ? note.GetProperty("Text").GetString() : null);
        Assert.Equal(changes.Title, sent.TryGetValue("Title", out JsonElement title) ? title.GetString() : null);
        Assert.Equal(changes.Description, sent.TryGetValue("Description", out JsonElement description) ? description.GetString() : null);
        if (changes.Status is { } status)
        {
            Assert.Equal(statusAsNumber, sent["Status"].ValueKind == JsonValueKind.Number);
            Assert.Equal(status, WireWords.Status(sent["Status"].ToString()).Value);
        }

        if (changes.Severity is { } severity)
        {
            Assert.Equal(severityAsNumber, sent["Severity"].ValueKind == JsonValueKind.Number);
            Assert.Equal(severity, WireWords.Severity(sent["Severity"].ToString()).Value);
        }
    }, iter: Mutations.Tries);

    [Fact]
    public void A_line_of_a_journal_is_read_as_it_was_written() => Gen.Select(Changes, Gen.Long[1, long.MaxValue], Texts.Whole, Gen.Enum<UpdateOutcome>(), Gen.DateTimeOffset).Sample((changes, row, text, outcome, time) =>
    {
        JournalLine line = new()
        {
            Type = JournalLine.Intent,
            Key = "k" + text,
            Row = row,
            Id = Id,
            CustomerId = text,
            Changes = changes,
            Outcome = outcome,
            ErrorId = text,
            Error = text,
            Attempts = (int)(row % 100),
            RequestId = text,
            CorrelationId = text,
            Time = time,
            ServiceTime = time,
            Sent = text,
        };
        byte[] bytes = line.ToBytes();
        Assert.DoesNotContain((byte)'\n', bytes);
        Assert.Equal(line, JournalLine.Parse(bytes));
    }, iter: Mutations.Tries);

    [Fact]
    public void A_key_tells_changes_apart_and_nothing_else() => Gen.Select(Changes, Changes).Sample((one, other) =>
        Assert.Equal(one == other, one.Key == other.Key || one == other), iter: Mutations.Tries);

    [Fact]
    public void A_file_is_read_as_Export_Csv_and_spreadsheets_write_it() => Gen.Select(
        Texts.Words.Array[1, 6], Texts.Pick(',', ';', '\t', '|'), Texts.Pick("\r\n", "\n"), Gen.Int[0, 4], Gen.Bool, Gen.Bool).Sample((notes, delimiter, end, encoding, quotesAll, hasPreamble) =>
    {
        string Cell(string text) => quotesAll || text.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0 || text.Contains('\r', StringComparison.Ordinal) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        string[] lines =
        [
            .. hasPreamble ? new[] { delimiter == '\t' ? "#TYPE System.Object" : $"sep={delimiter}" } : [],
            string.Join(delimiter, new[] { "Id", "Note", "Status" }.Select(Cell)),
            .. notes.Select(note => string.Join(delimiter, Cell(Id), Cell(note), Cell("Closed"))),
        ];
        Encoding how = encoding switch { 0 => new UTF8Encoding(false), 1 => new UTF8Encoding(true), 2 => Encoding.Unicode, 3 => Encoding.BigEndianUnicode, _ => new UTF8Encoding(false) };
        File.WriteAllBytes(_file, [.. how.GetPreamble(), .. how.GetBytes(string.Join(end, lines) + end)]);
        using CsvUpdateFile file = new(_file, new());
        CsvRow[] rows = [.. file.Rows()];
        Assert.Equal(notes.Select(note => note.Trim()), rows.Select(row => row.Problem ?? row.Input!.Note));
        Assert.All(rows, row => Assert.Equal((Id, "Closed"), (row.Input!.Id, row.Input.Status)));
    }, iter: Mutations.Tries, threads: 1);

    [Fact]
    public void Any_prefix_of_any_journal_loads_to_a_prefix_of_its_facts() => Gen.Select(Changes.Where(changes => !changes.IsEmpty).Array[1, 5], Gen.Bool.Array[5], Gen.Double[0, 1]).Sample((all, ended, cut) =>
    {
        List<byte> bytes = [.. new JournalLine { Type = JournalLine.Header, Version = JournalLine.CurrentVersion, JournalId = "j", Endpoint = "https://api.example" }.ToBytes(), (byte)'\n'];
        for (int i = 0; i < all.Length; i++)
        {
            string key = new JournalKey(JournalKey.HashOf(Id, all[i]), i + 1).ToString();
            bytes.AddRange([.. new JournalLine { Type = JournalLine.Intent, Key = key, Row = i + 1, Id = Id, Changes = all[i], RequestId = "r", CorrelationId = "c", Time = DateTimeOffset.UnixEpoch }.ToBytes(), (byte)'\n']);
            bytes.AddRange(ended[i] ? [.. new JournalLine { Type = JournalLine.End, Key = key, Outcome = UpdateOutcome.Succeeded, Attempts = 1, Time = DateTimeOffset.UnixEpoch }.ToBytes(), (byte)'\n'] : []);
        }

        static (long? Row, UpdateOutcome Outcome, ServiceRequestChanges Changes)[] Facts(byte[] journal)
        {
            using MemoryStream stream = new(journal);
            return [.. JournalReader.ReadRecords(stream, "journal").Select(record => (record.Intent.Row, record.Outcome, record.Intent.Changes))];
        }

        byte[] prefix = [.. bytes.Take((int)(cut * bytes.Count))];
        (long? Row, UpdateOutcome Outcome, ServiceRequestChanges Changes)[] whole = Facts([.. bytes]);
        (long? Row, UpdateOutcome Outcome, ServiceRequestChanges Changes)[] part = Facts(prefix);
        Assert.Equal(all.Length, whole.Length);
        Assert.Equal(whole.Take(part.Length).Select(fact => (fact.Row, fact.Changes)), part.Select(fact => (fact.Row, fact.Changes)));
        Assert.All(part.Zip(whole), pair => Assert.True(pair.First.Outcome == pair.Second.Outcome || pair.First.Outcome == UpdateOutcome.Unknown));
    }, iter: Mutations.Tries);
}
