using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>The wire: sends one attempt of one request and tells exactly how it went.</summary>
internal interface ITransport
{
    /// <exception cref="PartnerCenterException">Anything but a 2xx; whether the service may have acted is told with it.</exception>
    Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options);
}
