using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Core.Json;

/// <summary>The body of an update: what changes, and nothing else.</summary>
internal static class UpdateBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ServiceRequestChanges changes)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartObject();
            if (changes.Note is { } note)
            {
                writer.WriteStartObject("NewNote");
                writer.WriteString("Text", note);
                writer.WriteEndObject();
            }

            if (changes.Status is { } status)
            {
                writer.WriteString("Status", ServiceWords.ToWire(status));
            }

            if (changes.Severity is { } severity)
            {
                writer.WriteString("Severity", ServiceWords.ToWire(severity));
            }

            if (changes.Title is { } title)
            {
                writer.WriteString("Title", title);
            }

            if (changes.Description is { } description)
            {
                writer.WriteString("Description", description);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
