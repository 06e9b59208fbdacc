using System;
using System.Collections.Generic;

namespace PartnerCenterSR.Core.Service;

/// <summary>One page of a list.</summary>
internal sealed record ServiceRequestPage(IReadOnlyList<ServiceRequest> Items)
{
    /// <summary>How many the whole list has. Null: the service did not say.</summary>
    public long? TotalCount { get; init; }

    /// <summary>Where the next page is, as the service wrote it. Null: it did not say.</summary>
    public string? Next { get; init; }

    /// <summary>Headers that the next page is to be asked for with.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> NextHeaders { get; init; } = Array.Empty<KeyValuePair<string, string>>();
}
