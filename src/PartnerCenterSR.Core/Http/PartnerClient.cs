using System;
using System.Net.Http;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Json;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Http;

/// <summary>The service's routes.</summary>
internal sealed class PartnerClient(ConnectionSettings settings, ITokenSource tokens, Transport transport, RetryPolicy retry)
{
    /// <summary>One request, with its notes.</summary>
    public async Task<ServiceRequest> GetAsync(string id, string? customerId, CallOptions options, string? correlationId = null) =>
        (await ReadAsync(id, customerId, options, correlationId).ConfigureAwait(false)).Request;

    /// <summary>One request, and the answer it came in.</summary>
    public Task<(ServiceRequest Request, ApiResponse Response)> ReadAsync(
        string id, string? customerId, CallOptions options, string? correlationId = null)
    {
        ApiRequest request = Request(HttpMethod.Get, Route(customerId, id), options);
        request = correlationId is null ? request : request with { CorrelationId = correlationId };
        return retry.RunAsync(
            async () =>
            {
                ApiResponse response = await SendAsync(request, options).ConfigureAwait(false);
                ServiceRequest found = ResponseReader.ServiceRequest(response, customerId) ?? throw CallErrors.Malformed(request, response);
                return (found, response);
            },
            options);
    }

    /// <summary>One page of a list.</summary>
    public Task<ServiceRequestPage> GetPageAsync(ApiRequest request, string? customerId, CallOptions options) => retry.RunAsync(
        async () =>
        {
            ApiResponse response = await SendAsync(request, options).ConfigureAwait(false);
            return ResponseReader.Page(response, customerId) ?? throw CallErrors.Malformed(request, response);
        },
        options);

    /// <summary>One attempt at an update; whether and when to make another is the caller's to know.</summary>
    public Task<ApiResponse> PatchOnceAsync(ApiRequest request, CallOptions options) => SendAsync(request, options);

    /// <summary>The logical call that an update is.</summary>
    public ApiRequest Patch(ServiceRequestUpdate update, string requestId, CallOptions options) =>
        Request(ApiRequest.Patch, Route(update.CustomerId, update.Id), options) with
        {
            RequestId = requestId,
            Body = UpdateBody.Write(update.Changes),
        };

    public Task<T> RetryAsync<T>(Func<Task<T>> attempt, CallOptions options) => retry.RunAsync(attempt, options);

    public ApiRequest Request(HttpMethod method, string pathAndQuery, CallOptions options) =>
        new(method, new Uri(settings.Endpoint.AbsoluteUri.TrimEnd('/') + pathAndQuery))
        {
            IncludeOrganizationRequests = options.IncludeOrganizationRequests,
        };

    /// <summary>The path of one request or of the list, in the partner's or a customer's scope.</summary>
    public static string Route(string? customerId, string? id = null)
    {
        string list = customerId is null ? "/v1/servicerequests" : $"/v1/customers/{Uri.EscapeDataString(customerId)}/servicerequests";
        return id is null ? list : $"{list}/{Uri.EscapeDataString(id)}";
    }

    private async Task<ApiResponse> SendAsync(ApiRequest request, CallOptions options)
    {
        string token = await tokens.GetAsync(options).ConfigureAwait(false);
        try
        {
            return await transport.SendAsync(request, token, options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.ErrorId == ErrorIds.Unauthenticated && tokens.CanRenew)
        {
            // A 401 was refused before anything was done, so the same request may go again with a new token, once.
            options.Observer.Verbose(Messages.VerboseRenew);
            string renewed = await tokens.RenewAsync(token, error.ClaimsChallenge, options).ConfigureAwait(false);
            return await transport.SendAsync(request, renewed, options).ConfigureAwait(false);
        }
    }
}
