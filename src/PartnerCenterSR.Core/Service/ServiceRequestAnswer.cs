using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Service;

/// <summary>A service request, and the answer it came in.</summary>
internal sealed record ServiceRequestAnswer(ServiceRequest Request, ApiResponse Response);
