namespace PartnerCenterSR.Core.Updates;

/// <summary>What is known of an open update.</summary>
internal enum Verdict
{
    /// <summary>Neither is proven.</summary>
    Undecided,

    /// <summary>It is there.</summary>
    Applied,

    /// <summary>It is not there, and will not be.</summary>
    NotApplied,

    /// <summary>A part of it is there; the rest is not, and will not be.</summary>
    PartlyApplied,
}
