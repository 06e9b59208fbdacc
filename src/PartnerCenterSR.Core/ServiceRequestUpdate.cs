namespace PartnerCenterSR.Core;

/// <summary>One logical update.</summary>
/// <param name="Row">The row of the input, from 1.</param>
/// <param name="Id">The service request.</param>
/// <param name="CustomerId">The customer through whom it goes. Null: the partner's own scope.</param>
/// <param name="Changes">What is to change.</param>
/// <param name="Location">What to call it in an error ("Row 3"). Null: its id is enough.</param>
/// <param name="Source">What the user gave, for the error record.</param>
internal sealed record ServiceRequestUpdate(
    long Row, string Id, string? CustomerId, ServiceRequestChanges Changes, string? Location = null, object? Source = null);
