namespace PartnerCenterSR;

/// <summary>How grave a service request is. The numbers are those that newer services send.</summary>
public enum ServiceRequestSeverity
{
    /// <summary>None named, or one that this version does not know: <see cref="ServiceRequest.SeverityText"/> has the service's word.</summary>
    Unknown = 0,

    /// <summary>Critical.</summary>
    Critical = 1,

    /// <summary>Moderate.</summary>
    Moderate = 2,

    /// <summary>Minimal.</summary>
    Minimal = 3,
}
