namespace PartnerCenterSR.Core.Updates;

/// <summary>How a run is to be made.</summary>
/// <param name="MaximumConcurrency">How many updates may be under way at once.</param>
internal sealed record UpdateWishes(int MaximumConcurrency)
{
    /// <summary>Whether each request is read first, and only what is missing is sent.</summary>
    public bool SkipUnchanged { get; init; }

    /// <summary>Whether nobody wants the requests: then a success is not read.</summary>
    public bool IsQuiet { get; init; }
}
