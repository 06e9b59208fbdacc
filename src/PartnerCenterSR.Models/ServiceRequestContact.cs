using System.Linq;

namespace PartnerCenterSR;

/// <summary>A person named by a service request.</summary>
public sealed class ServiceRequestContact
{
    internal ServiceRequestContact()
    {
    }

    /// <summary>Whom the person works for.</summary>
    public ServiceRequestOrganization? Organization { get; internal init; }

    /// <summary>The contact's id.</summary>
    public string? ContactId { get; internal init; }

    /// <summary>Family name.</summary>
    public string? LastName { get; internal init; }

    /// <summary>Given name.</summary>
    public string? FirstName { get; internal init; }

    /// <summary>Mail address.</summary>
    public string? Email { get; internal init; }

    /// <summary>Phone number.</summary>
    public string? PhoneNumber { get; internal init; }

    /// <summary>Name and mail address, as far as they are known.</summary>
    public override string ToString()
    {
        string name = string.Join(" ", new[] { FirstName, LastName }.Where(part => !string.IsNullOrEmpty(part)));
        return (name, Email) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => $"{name} <{Email}>",
            ({ Length: > 0 }, _) => name,
            _ => Email ?? ContactId ?? string.Empty,
        };
    }
}
