using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core;

/// <summary>
/// What is to change. Null: leave it as it is. A property that can be set is a property here and a line in <see cref="Fields"/>;
/// its place in a key, a comparison, a body, a description and a journal follows from that.
/// </summary>
internal sealed record ServiceRequestChanges
{
    private const int LongestBeginning = 40;
    private const string KeySeparator = "\u001F";
    private static readonly JsonWriterOptions BodyOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>New ones go to the end: the order is part of the keys of journals.</summary>
    private static readonly ChangeField[] Fields =
    [
        new(nameof(Note), changes => changes.Note, (changes, text) => changes with { Note = text })
        {
            Describe = text => Messages.ChangeNote.With(text.Length, Beginning(text)),
            WriteBody = WriteNote,
        },
        new(nameof(Status), changes => changes.Status?.ToString(), (changes, text) => changes with { Status = WireWords.Parse<ServiceRequestStatus>(text) })
        {
            Current = request => request.Status.ToString(),
            Describe = text => Messages.ChangeStatus.With(text),
            Number = changes => (int)changes.Status!.Value,
            WriteBody = (writer, changes) => writer.WriteString(nameof(Status), WireWords.ToWire(changes.Status!.Value)),
        },
        new(nameof(Severity), changes => changes.Severity?.ToString(), (changes, text) => changes with { Severity = WireWords.Parse<ServiceRequestSeverity>(text) })
        {
            Current = request => request.Severity.ToString(),
            Describe = text => Messages.ChangeSeverity.With(text),
            Number = changes => (int)changes.Severity!.Value,
            WriteBody = (writer, changes) => writer.WriteString(nameof(Severity), WireWords.ToWire(changes.Severity!.Value)),
        },
        new(nameof(Title), changes => changes.Title, (changes, text) => changes with { Title = text })
        {
            Current = request => request.Title,
            Describe = text => Messages.ChangeTitle.With(text),
        },
        new(nameof(Description), changes => changes.Description, (changes, text) => changes with { Description = text })
        {
            Current = request => request.Description,
            Describe = text => Messages.ChangeDescription.With(text.Length),
        },
    ];

    public string? Note { get; init; }

    public ServiceRequestStatus? Status { get; init; }

    public ServiceRequestSeverity? Severity { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public bool IsEmpty => !Given().Any();

    /// <summary>What tells these changes from others.</summary>
    public string Key => string.Join(KeySeparator, Fields.Select(property => property.Text(this)));

    /// <summary>Each change as text, by the name of its property: the form in which it stands in a journal.</summary>
    public IReadOnlyDictionary<string, string> Texts =>
        Given().ToDictionary(given => given.Field.Name, given => given.Text);

    /// <summary>What is changed besides the note is as it should be. A note is judged by the notes of the request.</summary>
    public bool AreFieldsIn(ServiceRequest request) =>
        Given().All(given => given.Field.Current is null || given.Text == given.Field.Current(request));

    /// <summary>Those that a request does not have yet; a note is one of those where it has no such note.</summary>
    public ServiceRequestChanges MissingIn(ServiceRequest request, System.Func<string, bool> hasNote) => FromTexts(name =>
        Given().FirstOrDefault(given => given.Field.Name == name && !(given.Field.Current is { } current ? given.Text == current(request) : hasNote(given.Text))).Text);

    /// <summary>Those of these names. Null: all.</summary>
    public ServiceRequestChanges Only(IReadOnlyCollection<string>? names) => names is null ? this
        : FromTexts(name => names.Contains(name) && Texts.TryGetValue(name, out string? text) ? text : null);

    /// <summary>The changes from their texts; names of no property are passed over.</summary>
    public static ServiceRequestChanges FromTexts(System.Func<string, string?> text) =>
        Fields.Aggregate(new ServiceRequestChanges(), (changes, field) => text(field.Name) is { } value ? field.With(changes, value) : changes);

    /// <summary>For a person: "add a note (42 characters), set status to Closed".</summary>
    public string Describe() =>
        string.Join(", ", Given().Select(given => given.Field.Describe(given.Text)));

    /// <summary>Those that the service may want as a number.</summary>
    public IEnumerable<string> Enumerated => Given().Where(given => given.Field.Number is not null).Select(given => given.Field.Name);

    /// <summary>The body of an update: what changes, and nothing else.</summary>
    /// <param name="asNumbers">The properties to write as numbers. Null: none.</param>
    public byte[] ToBody(IReadOnlyCollection<string>? asNumbers = null)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, BodyOptions))
        {
            writer.WriteStartObject();
            foreach ((ChangeField property, string text) in Given())
            {
                if (property.Number is { } number && asNumbers?.Contains(property.Name) == true)
                {
                    writer.WriteNumber(property.Name, number(this));
                }
                else if (property.WriteBody is { } write)
                {
                    write(writer, this);
                }
                else
                {
                    writer.WriteString(property.Name, text);
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>What is asked for, in the order of the fields.</summary>
    private IEnumerable<(ChangeField Field, string Text)> Given() =>
        Fields.Select(field => (field, field.Text(this))).Where(given => given.Item2 is not null)!;

    private static string Beginning(string note) => note.Length <= LongestBeginning ? note : note.Substring(0, LongestBeginning) + "…";

    private static void WriteNote(Utf8JsonWriter writer, ServiceRequestChanges changes)
    {
        writer.WriteStartObject("NewNote");
        writer.WriteString("Text", changes.Note);
        writer.WriteEndObject();
    }
}
