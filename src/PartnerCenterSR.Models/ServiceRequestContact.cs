using System;
using System.Linq;

namespace PartnerCenterSR;

/// <summary>A person named by a service request.</summary>
#pragma warning disable CA1036 // PowerShell compares by Equals and CompareTo; in C# two of them stay two.
public sealed class ServiceRequestContact : IComparable
#pragma warning restore CA1036
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
        return SafeText.Inline((name, Email) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => $"{name} <{Email}>",
            ({ Length: > 0 }, _) => name,
            _ => Email ?? ContactId ?? string.Empty,
        });
    }

    /// <summary>Whether it shows as another does, or as a text says, in any case.</summary>
    /// <param name="obj">The other, or a text. Null: it is not equal.</param>
    public override bool Equals(object? obj) => Shown.AreSame(this, obj);

    /// <summary>The hash of what it shows.</summary>
    public override int GetHashCode() => Shown.Hash(this);

    /// <summary>Its place in the order of what they show.</summary>
    /// <param name="obj">The other, or a text. Null comes first.</param>
    public int CompareTo(object? obj) => Shown.Compare(this, obj);
}
