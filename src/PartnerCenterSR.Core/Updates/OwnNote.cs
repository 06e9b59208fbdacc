using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What the other updates of a connection are told of an update's note: from when it sets out, that it may be there.</summary>
/// <param name="known">What all of them know.</param>
/// <param name="update">The update.</param>
/// <param name="clock">The machine's.</param>
/// <param name="id">As what an earlier run told of it. Null: it is new.</param>
internal sealed class OwnNote(KnownNotes known, ServiceRequestUpdate update, Clock clock, string? id)
{
    private readonly long? _hash = update.Changes.Note is { } note ? NoteText.Hash(note) : null;
    private string? _id = id;

    /// <summary>The notes of other updates on the request.</summary>
    public IReadOnlyList<KnownNote> Others => [.. known.Of(update.Id).Where(note => note.Id is null || note.Id != _id)];

    /// <summary>Whether the same note may be there by an update whose end nobody knows.</summary>
    public bool MayBeThereByOthers => Others.Any(other => !other.IsConfirmed && other.Hash == _hash);

    /// <summary>When the last of the same notes was told to be there, by this machine's steady clock. Null: none was, in this process.</summary>
    public DateTimeOffset? LastTwinToldAt => Others.Where(other => other.IsConfirmed && other.Hash == _hash).Max(other => other.ToldAt);

    /// <summary>How long the same note may still come by an update whose end nobody knows. Zero or less: none may.</summary>
    /// <param name="settle">How long an update may still come.</param>
    public TimeSpan MayComeFor(TimeSpan settle) => known.LastMaybe(update.Id, _hash) + settle - clock.Now ?? TimeSpan.Zero;

    /// <summary>It sets out.</summary>
    /// <param name="requestId">The MS-RequestId with which it is sent.</param>
    /// <param name="sentAt">When it was first sent, by the service's clock. Null: that is not known.</param>
    /// <param name="longest">How long it may be on its way.</param>
    public void SetOut(string requestId, DateTimeOffset? sentAt, TimeSpan longest) => Tell(new(_hash ?? 0, sentAt, null, IsConfirmed: false, requestId), clock.Now + longest);

    /// <param name="requestId">The MS-RequestId with which it was sent.</param>
    /// <param name="sentAt">When it was first sent, by the service's clock. Null: that is not known.</param>
    /// <param name="seenBy">When it was certainly there, by the service's clock. Null: that is not known.</param>
    /// <param name="isConfirmed">Whether it is there.</param>
    public void Tell(string requestId, DateTimeOffset? sentAt, DateTimeOffset? seenBy, bool isConfirmed) =>
        Tell(new(_hash ?? 0, sentAt, seenBy, isConfirmed, requestId), clock.Now);

    /// <summary>It is certainly not there.</summary>
    public void Withdraw()
    {
        if (_id is not null)
        {
            known.Remove(update.Id, _id);
        }
    }

    private void Tell(KnownNote note, DateTimeOffset at)
    {
        if (_hash is not null)
        {
            known.Add(update.Id, note with { ToldAt = at }, at, before: _id);
            _id = note.Id;
        }
    }
}
