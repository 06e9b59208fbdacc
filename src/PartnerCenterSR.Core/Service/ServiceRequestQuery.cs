using System.Collections.Generic;

namespace PartnerCenterSR.Core.Service;

/// <summary>What a list is asked for.</summary>
internal sealed record ServiceRequestQuery
{
    public string? CustomerId { get; init; }

    /// <summary>The states wanted; each is asked for on its own, since the service filters by one. Empty: all.</summary>
    public IReadOnlyList<ServiceRequestStatus> Statuses { get; init; } = [];

    /// <summary>How many requests the service is to send at a time. Null: as it likes.</summary>
    public int? PageSize { get; init; }
}
