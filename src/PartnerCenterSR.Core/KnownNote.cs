using System;

namespace PartnerCenterSR.Core;

/// <summary>A note that an update of ours put on a request, or may have put there.</summary>
/// <param name="Hash">Its text's.</param>
/// <param name="SentAt">When it was first sent, by the service's clock. Null: that is not known.</param>
/// <param name="SeenBy">When it was certainly there, by the service's clock. Null: that is not known.</param>
/// <param name="IsConfirmed">Whether it is there, or only may be.</param>
/// <param name="Id">The MS-RequestId that brought it, by which it is known once although a journal and a connection both tell of it. Null: that is not known.</param>
internal readonly record struct KnownNote(long Hash, DateTimeOffset? SentAt, DateTimeOffset? SeenBy, bool IsConfirmed, string? Id = null)
{
    /// <summary>By how much the service's clock was ahead of the date of the machine that sent it. Null: it was this process.</summary>
    public TimeSpan? Ahead { get; init; }

    /// <summary>This machine's steady clock when it was told: it was there, if it is. Null: another process told it.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}
