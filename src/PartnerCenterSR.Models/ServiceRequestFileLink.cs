namespace PartnerCenterSR;

/// <summary>A file attached to a service request.</summary>
public sealed class ServiceRequestFileLink
{
    internal ServiceRequestFileLink()
    {
    }

    /// <summary>The file's id. Null: the service did not say. So for the others.</summary>
    public string? Id { get; internal init; }

    /// <summary>Its name, with its extension where there is one.</summary>
    public string? Name { get; internal init; }

    /// <summary>Its size in bytes.</summary>
    public long? Size { get; internal init; }

    /// <summary>Where it is.</summary>
    public string? Location { get; internal init; }

    /// <summary>What was said of it.</summary>
    public string? Comment { get; internal init; }

    /// <summary>The name, or else where it is.</summary>
    public override string ToString() => SafeText.Inline(Name ?? Location ?? Id);
}
