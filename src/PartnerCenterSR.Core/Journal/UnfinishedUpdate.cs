using System;

namespace PartnerCenterSR.Core.Journal;

/// <summary>An update that an earlier run began and whose outcome it did not write down.</summary>
/// <param name="RequestId">Its MS-RequestId, which it keeps.</param>
/// <param name="Began">When the earlier run wrote down its intent, by that machine's clock.</param>
/// <param name="SentAt">The same by the service's clock. Null: that was not known.</param>
/// <param name="Sent">What of it was sent.</param>
internal sealed record UnfinishedUpdate(string RequestId, DateTimeOffset Began, DateTimeOffset? SentAt, ServiceRequestChanges Sent)
{
    /// <summary>Whether what was sent is the rest of what landed by half.</summary>
    public bool IsRest { get; init; }

    /// <summary>When the whole of it first began, by the service's clock.</summary>
    public DateTimeOffset? FirstSentAt { get; init; } = SentAt;

    /// <summary>Why it is read back only, and not sent again. Null: it may be.</summary>
    public string? NotToBeSent { get; init; }
}
