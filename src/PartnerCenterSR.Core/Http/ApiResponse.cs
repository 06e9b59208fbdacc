using System;

namespace PartnerCenterSR.Core.Http;

/// <summary>A success of the service, read whole.</summary>
internal sealed record ApiResponse(int StatusCode, byte[] Body)
{
    /// <summary>False where the connection ended in the middle of the body.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The service's own clock when it answered. Null: it did not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>For how long somebody on the way had kept it. Null: nobody says so.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Whether it was kept for so long that its date says nothing of now.</summary>
    public bool IsCopy => Age > ServiceClock.Skew;

    /// <summary>When it was made at the earliest, by this machine's steady clock: an age leaves out what is behind its seconds. Some say 0 of all that is new.</summary>
    public DateTimeOffset MadeAt => Age > TimeSpan.Zero ? ReceivedAt - Age.Value - ServiceClock.WholeSeconds : ReceivedAt;

    /// <summary>How long the call took: its date is of any time in that.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>When the answer had arrived, by this machine's steady clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the token was gained with MFA, by the service's own word. Null: it did not say.</summary>
    public bool? IsMfaCompliant { get; init; }

    public string? CorrelationId { get; init; }
}
