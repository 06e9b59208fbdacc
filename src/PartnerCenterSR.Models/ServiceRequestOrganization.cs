using System;

namespace PartnerCenterSR;

/// <summary>A customer's organization.</summary>
#pragma warning disable CA1036 // PowerShell compares by Equals and CompareTo; in C# two of them stay two.
public sealed class ServiceRequestOrganization : IComparable
#pragma warning restore CA1036
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
    public override string ToString() => SafeText.Inline(Name ?? Id);

    /// <summary>Whether it shows as another does, or as a text says, in any case.</summary>
    /// <param name="obj">The other, or a text. Null: it is not equal.</param>
    public override bool Equals(object? obj) => Shown.AreSame(this, obj);

    /// <summary>The hash of what it shows.</summary>
    public override int GetHashCode() => Shown.Hash(this);

    /// <summary>Its place in the order of what they show.</summary>
    /// <param name="obj">The other, or a text. Null comes first.</param>
    public int CompareTo(object? obj) => Shown.Compare(this, obj);
}
