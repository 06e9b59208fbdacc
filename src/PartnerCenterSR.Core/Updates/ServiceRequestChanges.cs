namespace PartnerCenterSR.Core.Updates;

/// <summary>What is to change. Null: leave it as it is.</summary>
internal sealed record ServiceRequestChanges
{
    public string? Note { get; init; }

    public ServiceRequestStatus? Status { get; init; }

    public ServiceRequestSeverity? Severity { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public bool IsEmpty => this == Nothing;

    private static ServiceRequestChanges Nothing { get; } = new();
}
