namespace PartnerCenterSR;

/// <summary>A customer's organization.</summary>
public sealed class ServiceRequestOrganization
{
    internal ServiceRequestOrganization()
    {
    }

    /// <summary>The organization's (tenant's) id.</summary>
    public string? Id { get; internal init; }

    /// <summary>The organization's name.</summary>
    public string? Name { get; internal init; }

    /// <summary>Its phone number.</summary>
    public string? PhoneNumber { get; internal init; }

    /// <summary>The name, or the id where there is none.</summary>
    public override string ToString() => Name ?? Id ?? string.Empty;
}
