namespace PartnerCenterSR.Core;

/// <summary>An update as people write it, not judged yet. Null or blank: nothing given.</summary>
/// <param name="Row">The row of the input, from 1.</param>
/// <param name="Location">What to call it in an error ("Row 3", "Line 4"). Null: it needs no name.</param>
/// <param name="Source">What the user gave, for the error record.</param>
internal sealed record UpdateInput(long Row, string? Location, object? Source)
{
    public string? Id { get; init; }

    public string? Note { get; init; }

    public string? Status { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>What an export has as the request's own new note: nobody can tell it from one that is to be added.</summary>
    public string? OwnNote { get; init; }

    public string? Severity { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }
}
