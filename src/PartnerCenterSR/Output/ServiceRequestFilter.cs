using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

/// <summary>What of a list is wanted. Judged here also where the service was asked to, since it may not have listened.</summary>
internal sealed class ServiceRequestFilter(GetPartnerServiceRequestCommand command, IReadOnlyList<ServiceRequestStatus> statuses)
{
    private readonly WildcardPattern? _title = Pattern(command.Title);
    private readonly WildcardPattern? _organization = Pattern(command.Organization);

    public IReadOnlyList<ServiceRequestStatus> Statuses => statuses;

    /// <summary>Whether the service's own count is that of what is accepted.</summary>
    public bool IsExact => command.Severity.Length == 0 && _title is null && _organization is null && command.CreatedAfter is null && command.CreatedBefore is null
        && command.ModifiedAfter is null && command.ModifiedBefore is null && statuses.Count == 0;

    public bool Accepts(ServiceRequest request) =>
        (statuses.Count == 0 || statuses.Contains(request.Status))
        && (command.Severity.Length == 0 || command.Severity.Contains(request.Severity))
        && (_title is null || _title.IsMatch(request.Title ?? string.Empty))
        && (_organization is null || _organization.IsMatch(request.Organization?.Name ?? string.Empty) || _organization.IsMatch(request.Organization?.Id ?? string.Empty))
        && IsWithin(request.CreatedAt, command.CreatedAfter, command.CreatedBefore)
        && IsWithin(request.LastModifiedAt, command.ModifiedAfter, command.ModifiedBefore);

    /// <exception cref="PartnerCenterException">It is no pattern.</exception>
    private static WildcardPattern? Pattern(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            WildcardPattern pattern = new(text, WildcardOptions.IgnoreCase);
            _ = pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException error)
        {
            throw new PartnerCenterException(ErrorIds.InvalidPattern, Messages.InvalidPattern.With(text), error) { RecommendedAction = Messages.InvalidPatternAction };
        }
    }

    private static bool IsWithin(DateTimeOffset? date, DateTime? from, DateTime? before) =>
        (from is null || date >= from.Value.ToUniversalTime())
        && (before is null || date < before.Value.ToUniversalTime());
}
