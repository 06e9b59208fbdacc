using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Simulation;

/// <summary>When each note was on its way, and whether its sender heard what became of it: what a colleague writes meanwhile, in the same words, nobody can tell from it.</summary>
/// <param name="off">By how much the service's dates are off its Date.</param>
internal sealed class Attempts(TimeSpan off)
{
    /// <summary>The skew of the service's clocks, the whole seconds of a Date, and its way.</summary>
    private readonly long _seconds = (TimeSpan.FromSeconds(7) + off).Ticks;

    private readonly List<Attempt> _all = [];

    /// <summary>A call sets out.</summary>
    /// <returns>Null: it has no note.</returns>
    public Attempt? Add(string id, ApiRequest call, long now)
    {
        if (call.Method != ApiRequest.Patch)
        {
            return null;
        }

        using JsonDocument body = JsonDocument.Parse(call.Body);
        if (!body.RootElement.TryGetProperty("NewNote", out JsonElement note))
        {
            return null;
        }

        _all.Add(new(id, NoteText.Normalize(note.GetProperty("Text").GetString()!), now));
        return _all[^1];
    }

    /// <summary>Whether somebody has heard what became of one.</summary>
    public bool IsAnyKnown => _all.Exists(attempt => attempt.KnownAt is not null);

    /// <summary>Whether a note that somebody else wrote in the same words can be told from ours.</summary>
    public bool CanTell(string id, string text, long at) =>
        _all.Where(attempt => attempt.Id == id && attempt.Text == text).All(attempt => attempt.SentAt > at + _seconds || attempt.KnownAt < at - _seconds);

    /// <summary>One call with a note.</summary>
    internal sealed class Attempt(string id, string text, long sentAt)
    {
        public string Id => id;

        public string Text => text;

        public long SentAt => sentAt;

        /// <summary>When its sender heard that it is there, or is not. Null: never.</summary>
        public long? KnownAt { get; set; }
    }
}
