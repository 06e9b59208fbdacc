using System.Threading;

namespace PartnerCenterSR.Core.Http;

/// <summary>What a command says about all its calls.</summary>
internal sealed record CallOptions(IClientObserver Observer, CancellationToken Cancellation)
{
    public bool IncludeOrganizationRequests { get; init; }
}
