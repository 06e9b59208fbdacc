using System.Net.Http;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Service;

/// <summary>The service's routes, and what is asked of them.</summary>
internal sealed class PartnerClient(ConnectionSettings settings, CallPipeline pipeline)
{
    /// <summary>One request, with its notes.</summary>
    public async Task<ServiceRequest> GetAsync(string id, string? customerId, CallOptions options, string? correlationId = null) =>
        (await pipeline.SendAsync(Get(id, customerId, options, correlationId), response => Read(response, id, customerId), options).ConfigureAwait(false)).Request;

    /// <summary>One attempt to read a request, and the answer it came in.</summary>
    public Task<ServiceRequestAnswer> ReadOnceAsync(string id, string? customerId, CallOptions options, string correlationId) =>
        pipeline.SendOnceAsync(Get(id, customerId, options, correlationId), response => Read(response, id, customerId), options);

    /// <summary>One page of a list.</summary>
    public Task<ServiceRequestPage> GetPageAsync(ApiRequest request, string? customerId, CallOptions options) =>
        pipeline.SendAsync(request, response => ResponseReader.Page(response, customerId), options);

    /// <summary>The cheapest call that needs a token which the service accepts: one request of the list.</summary>
    /// <exception cref="PartnerCenterException">The service does not let one in, or is not there.</exception>
    /// <returns>Whether the token was gained with MFA, by the service's own word. Null: it does not say.</returns>
    public async Task<bool?> ProbeAsync(CallOptions options) =>
        (await pipeline.SendAsync(List(null, "?size=1", options) with { ValidatesMfa = true }, response => ResponseReader.Page(response, null) is null ? null : response, options).ConfigureAwait(false)).IsMfaCompliant;

    /// <summary>One attempt at the same.</summary>
    public Task ProbeOnceAsync(CallOptions options) => pipeline.SendOnceAsync(List(null, "?size=1", options), options);

    /// <summary>The call for a list. What follows the path begins with a question mark; empty: nothing does.</summary>
    public ApiRequest List(string? customerId, string query, CallOptions options) => Request(HttpMethod.Get, Route(customerId) + query, options);

    /// <summary>One attempt at an update; whether and when to make another is the caller's to know.</summary>
    public Task<ApiResponse> PatchOnceAsync(ApiRequest request, CallOptions options) => pipeline.SendOnceAsync(request, options);

    /// <summary>The logical call that an update is.</summary>
    public ApiRequest Patch(ServiceRequestUpdate update, string requestId, CallOptions options) =>
        Request(ApiRequest.Patch, Route(update.CustomerId, update.Id), options) with
        {
            RequestId = requestId,
            Body = update.Changes.ToBody(),
        };

    private static ServiceRequestAnswer? Read(ApiResponse response, string id, string? customerId) =>
        ResponseReader.ServiceRequest(response, id, customerId) is { } request ? new(request, response) : null;

    /// <summary>The path of one request or of the list, in the partner's or a customer's scope.</summary>
    private static string Route(string? customerId, string? id = null)
    {
        string list = customerId is null ? "/v1/servicerequests" : $"/v1/customers/{System.Uri.EscapeDataString(customerId)}/servicerequests";
        return id is null ? list : $"{list}/{System.Uri.EscapeDataString(id)}";
    }

    private ApiRequest Get(string id, string? customerId, CallOptions options, string? correlationId)
    {
        ApiRequest request = Request(HttpMethod.Get, Route(customerId, id), options);
        return correlationId is null ? request : request with { CorrelationId = correlationId };
    }

    private ApiRequest Request(HttpMethod method, string pathAndQuery, CallOptions options) =>
        new(method, new(settings.Endpoint.AbsoluteUri.TrimEnd('/') + pathAndQuery))
        {
            IncludeOrganizationRequests = options.IncludeOrganizationRequests,
        };
}
