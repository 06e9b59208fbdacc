using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Simulation;

/// <summary>A request as the service has it, with everything that ever happened to it.</summary>
internal sealed class SimulatedRequest(string id)
{
    private readonly List<(long At, JsonObject Shown)> _versions = [];

    public string Id { get; } = id;

    public string Status { get; set; } = "open";

    public List<(string Text, DateTimeOffset Date)> Notes { get; } = [];

    /// <summary>What colleagues wrote in the words of a row, in the normal form.</summary>
    public List<(string Text, long At)> ByColleagues { get; } = [];

    public DateTimeOffset LastModified { get; set; }

    /// <summary>Whether somebody was told that a note is there.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Each effect of ours, and of other hands.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>The states that it had, and since when.</summary>
    public List<(long At, string Status)> States { get; } = [];

    public void Keep(long now)
    {
        States.Add((now, Status));
        _versions.Add((now, new()
        {
            ["id"] = Id,
            ["status"] = Status,
            ["severity"] = "moderate",
            ["lastModifiedDate"] = Write(LastModified),
            ["notes"] = new JsonArray([.. Notes.Select(note => new JsonObject { ["text"] = note.Text, ["createdDate"] = Write(note.Date) })]),
        }));
    }

    /// <summary>The request as it was at a time.</summary>
    public byte[] Show(long at, bool withNotes)
    {
        JsonObject shown = (JsonObject)_versions.Last(version => version.At <= at || version == _versions[0]).Shown.DeepClone();
        if (!withNotes)
        {
            shown.Remove("notes");
        }

        return JsonSerializer.SerializeToUtf8Bytes(shown);
    }

    private static string Write(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="At">When.</param>
    /// <param name="Update">Whose: the ids of ours that stand for one update. Null: another hand's.</param>
    /// <param name="Note">The note's text as it was sent. Null: none.</param>
    /// <param name="Status">The state that it was put into from another. Null: none.</param>
    internal sealed record Effect(long At, string? Update, string? Note, string? Status);
}
