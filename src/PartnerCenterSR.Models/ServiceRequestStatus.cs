namespace PartnerCenterSR;

/// <summary>The state of a service request. The numbers are those that newer services send.</summary>
public enum ServiceRequestStatus
{
    /// <summary>A state that this version does not know: <see cref="ServiceRequest.StatusText"/> has the service's word.</summary>
    Unknown = -1,

    /// <summary>The service named no state.</summary>
    None = 0,

    /// <summary>With Microsoft.</summary>
    Open = 1,

    /// <summary>Done.</summary>
    Closed = 2,

    /// <summary>Microsoft waits for an answer.</summary>
    AttentionNeeded = 3,
}
