using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>What a legal but unkind service makes of what it is given, as its answers show it.</summary>
internal sealed record Disguise
{
    /// <summary>What becomes of notes: entities, blanks, cut, decomposed. Null: they stay as they were sent.</summary>
    public string? Rewrites { get; init; }

    public bool LeavesNotesOut { get; init; }

    /// <summary>How far notes are dated off the service's Date, in seconds.</summary>
    public double NoteSkewSec { get; init; }

    /// <summary>How many updates that have a note lose their status on the way.</summary>
    public int LosesStatus { get; init; }

    /// <summary>The only form in which it reads states and severities: words, numbers. Null: both.</summary>
    public string? Reads { get; init; }

    /// <summary>How it refuses the other: a code, or a body.</summary>
    public string RefusesWith { get; init; } = "900126";

    /// <summary>What an offset counts: page, pageFromOne, nothing. Null: items.</summary>
    public string? OffsetIs { get; init; }

    /// <summary>Whether lists say how many there are.</summary>
    public bool LeavesCountOut { get; init; }

    /// <summary>A list as the service takes the offset.</summary>
    public EmulatedCall Turn(EmulatedCall call, int pageSize)
    {
        if (OffsetIs is null || call.Method != "GET")
        {
            return call;
        }

        System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(call.Uri.Query);
        int size = int.TryParse(query["size"], out int asked) ? asked : pageSize;
        int offset = int.TryParse(query["offset"], out int given) ? given : 0;
        query["offset"] = (OffsetIs switch { "page" => offset * size, "pageFromOne" => Math.Max(0, offset - 1) * size, _ => 0 }).ToString(CultureInfo.InvariantCulture);
        return call with { Uri = new UriBuilder(call.Uri) { Query = query.ToString() }.Uri };
    }

    /// <summary>The refusal of an update that it cannot read. Null: it can.</summary>
    public EmulatedAnswer? Refuse(EmulatedCall call)
    {
        if (Reads is null || JsonNode.Parse(call.Body) is not JsonObject body)
        {
            return null;
        }

        JsonValueKind wanted = Reads == "numbers" ? JsonValueKind.Number : JsonValueKind.String;
        return new[] { "Status", "Severity" }.All(name => body[name] is not { } value || value.GetValueKind() == wanted) ? null
            : new EmulatedAnswer(400, RefusesWith.StartsWith('{') ? RefusesWith : $$"""{"code":"{{RefusesWith}}","description":"A value cannot be read."}""");
    }

    /// <summary>The call as the service takes it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="number">Its place among the updates, from 1.</param>
    public EmulatedCall Take(EmulatedCall call, int number)
    {
        if (number > LosesStatus || JsonNode.Parse(call.Body) is not JsonObject body || body["NewNote"] is null || !body.Remove("Status"))
        {
            return call;
        }

        return call with { Body = JsonSerializer.SerializeToUtf8Bytes(body) };
    }

    /// <summary>The answer as the service gives it.</summary>
    public EmulatedAnswer Show(EmulatedAnswer answer)
    {
        if (LeavesCountOut && answer.Status == 200 && JsonNode.Parse(Encoding.UTF8.GetString(answer.Body).TrimStart('\uFEFF')) is JsonObject list && list.Remove("totalCount"))
        {
            return answer with { Body = JsonSerializer.SerializeToUtf8Bytes(list) };
        }

        if (this == new Disguise() || answer.Status != 200 || JsonNode.Parse(Encoding.UTF8.GetString(answer.Body).TrimStart('\uFEFF')) is not JsonObject shown || shown["notes"] is not JsonArray notes)
        {
            return answer;
        }

        if (LeavesNotesOut)
        {
            shown.Remove("notes");
        }

        foreach (JsonObject note in notes.OfType<JsonObject>())
        {
            note["text"] = Rewrite((string?)note["text"] ?? string.Empty);
            if (NoteSkewSec != 0 && (string?)note["createdDate"] is { } date)
            {
                note["createdDate"] = DateTime.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                    .AddSeconds(NoteSkewSec).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            }
        }

        return answer with { Body = JsonSerializer.SerializeToUtf8Bytes(shown) };
    }

    private string Rewrite(string text) => Rewrites switch
    {
        "entities" => WebUtility.HtmlEncode(text),
        "blanks" => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        "cut" => text.Length <= 10 ? text : text[..10],
        "decomposed" => text.Normalize(NormalizationForm.FormD),
        _ => text,
    };
}
