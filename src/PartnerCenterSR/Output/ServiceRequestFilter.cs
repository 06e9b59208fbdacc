using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Commands;

namespace PartnerCenterSR.Output;

/// <summary>What of a list is wanted. Judged here also where the service was asked to, since it may not have listened.</summary>
internal sealed class ServiceRequestFilter(GetPartnerServiceRequestCommand command, IReadOnlyList<ServiceRequestStatus> statuses)
{
    private readonly WildcardPattern? _title = command.Title is null ? null : new(command.Title, WildcardOptions.IgnoreCase);

    public IReadOnlyList<ServiceRequestStatus> Statuses => statuses;

    /// <summary>Whether the service's own count is that of what is accepted.</summary>
    public bool IsExact => command.Severity.Length == 0 && _title is null && command.CreatedAfter is null && command.CreatedBefore is null
        && command.ModifiedAfter is null && command.ModifiedBefore is null && statuses.Count == 0;

    public bool Accepts(ServiceRequest request) =>
        (statuses.Count == 0 || statuses.Contains(request.Status))
        && (command.Severity.Length == 0 || command.Severity.Contains(request.Severity))
        && (_title is null || _title.IsMatch(request.Title ?? string.Empty))
        && IsWithin(request.CreatedDate, command.CreatedAfter, command.CreatedBefore)
        && IsWithin(request.LastModifiedDate, command.ModifiedAfter, command.ModifiedBefore);

    private static bool IsWithin(DateTime? date, DateTime? from, DateTime? before) =>
        (from is null || date?.ToUniversalTime() >= from.Value.ToUniversalTime())
        && (before is null || date?.ToUniversalTime() < before.Value.ToUniversalTime());
}
