using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Service;

/// <summary>The service's routes, and what is asked of them.</summary>
internal sealed class PartnerClient(ConnectionSettings settings, CallPipeline pipeline)
{
    // Customers whose own route does not lead to their requests.
    private readonly ConcurrentDictionary<string, bool> _withoutRoute = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How the service writes states and severities.</summary>
    public WireForm Form { get; } = new();

    /// <summary>One request, with its notes.</summary>
    public async Task<ServiceRequest> GetAsync(string id, string? customerId, CallOptions options, string? correlationId = null) =>
        (await EitherAsync(Get(id, customerId, options, correlationId), request => pipeline.SendAsync(request, response => Read(response, id, customerId), options), options, retries: true).ConfigureAwait(false)).Request;

    /// <summary>One attempt to read a request, and the answer it came in.</summary>
    public Task<ServiceRequestAnswer> ReadOnceAsync(string id, string? customerId, CallOptions options, string correlationId) =>
        EitherAsync(Get(id, customerId, options, correlationId), request => pipeline.SendOnceAsync(request, response => Read(response, id, customerId), options), options);

    /// <summary>One page of a list.</summary>
    public Task<ServiceRequestPage> GetPageAsync(ApiRequest request, string? customerId, CallOptions options) =>
        pipeline.SendAsync(request, response => See(ResponseReader.Page(response, customerId)), options);

    /// <summary>The cheapest call that needs a token which the service accepts: one request of the list.</summary>
    /// <exception cref="PartnerCenterException">The service does not let one in, or is not there.</exception>
    /// <returns>Whether the token was gained with MFA, by the service's own word. Null: it does not say.</returns>
    public async Task<bool?> ProbeAsync(CallOptions options) =>
        (await pipeline.SendAsync(List(null, "?size=1", options) with { ValidatesMfa = true }, response => See(ResponseReader.Page(response, null)) is null ? null : response, options).ConfigureAwait(false)).IsMfaCompliant;

    /// <summary>One attempt at the same.</summary>
    public Task ProbeOnceAsync(CallOptions options) => pipeline.SendOnceAsync(List(null, "?size=1", options), options);

    /// <summary>The call for a list. What follows the path begins with a question mark; empty: nothing does.</summary>
    public ApiRequest List(string? customerId, string query, CallOptions options) => Request(HttpMethod.Get, Route(customerId) + query, options);

    /// <summary>One attempt at an update; whether and when to make another is the caller's to know.</summary>
    public Task<ApiResponse> PatchOnceAsync(ApiRequest request, CallOptions options) => EitherAsync(request, either => pipeline.SendOnceAsync(either, options), options);

    /// <summary>The logical call that an update is.</summary>
    /// <param name="update">What it asks for.</param>
    /// <param name="requestId">Its MS-RequestId.</param>
    /// <param name="asNumbers">The properties that are written as numbers.</param>
    /// <param name="options">How it is called.</param>
    public ApiRequest Patch(ServiceRequestUpdate update, string requestId, IReadOnlyCollection<string> asNumbers, CallOptions options) =>
        Single(ApiRequest.Patch, update.Id, update.CustomerId, options) with
        {
            RequestId = requestId,
            Body = update.Changes.ToBody(asNumbers),
        };

    private ServiceRequestAnswer? Read(ApiResponse response, string id, string? customerId)
    {
        if (ResponseReader.ServiceRequest(response, id, customerId) is not { } request)
        {
            return null;
        }

        Form.See(request);
        return new(request, response);
    }

    private ServiceRequestPage? See(ServiceRequestPage? page)
    {
        if (page?.Items.Count > 0)
        {
            Form.See(page.Items[0]);
        }

        return page;
    }

    /// <summary>The path of one request or of the list, in the partner's or a customer's scope.</summary>
    private static string Route(string? customerId, string? id = null)
    {
        string list = customerId is null ? "/v1/servicerequests" : $"/v1/customers/{System.Uri.EscapeDataString(customerId)}/servicerequests";
        return id is null ? list : $"{list}/{System.Uri.EscapeDataString(id)}";
    }

    private ApiRequest Get(string id, string? customerId, CallOptions options, string? correlationId)
    {
        ApiRequest request = Single(HttpMethod.Get, id, customerId, options);
        return correlationId is null ? request : request with { CorrelationId = correlationId };
    }

    private ApiRequest Single(HttpMethod method, string id, string? customerId, CallOptions options) => customerId is null || _withoutRoute.ContainsKey(customerId)
        ? Request(method, Route(null, id), options)
        : Request(method, Route(customerId, id), options) with { ByCustomer = (customerId, id) };

    /// <summary>
    /// By the customer's route; where that leads nowhere (404, 405: nothing was done), and the partner's leads to a request of this very
    /// customer, by that one, from now on.
    /// </summary>
    private async Task<T> EitherAsync<T>(ApiRequest request, Func<ApiRequest, Task<T>> send, CallOptions options, bool retries = false)
    {
        try
        {
            return await send(request).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.StatusCode is 404 or 405 && request.ByCustomer is not null)
        {
            options.Refused?.Invoke();
            (string customer, string id) = request.ByCustomer.Value;
            ApiRequest other = Request(request.Method, Route(null, id), options) with { RequestId = request.RequestId, CorrelationId = request.CorrelationId, Body = request.Body };
            if (!_withoutRoute.ContainsKey(customer) && !await IsOfAsync(id, customer, options with { Preparing = null, SettingOut = null, Refused = null }, retries).ConfigureAwait(false))
            {
                throw;
            }

            _withoutRoute[customer] = true;
            return await send(other).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsOfAsync(string id, string customer, CallOptions options, bool retries)
    {
        try
        {
            ApiRequest look = Request(HttpMethod.Get, Route(null, id), options);
            ServiceRequestAnswer found = await (retries
                ? pipeline.SendAsync(look, response => Read(response, id, null), options)
                : pipeline.SendOnceAsync(look, response => Read(response, id, null), options)).ConfigureAwait(false);
            return string.Equals(found.Request.Organization?.Id, customer, StringComparison.OrdinalIgnoreCase);
        }
        catch (PartnerCenterException error) when (error.ErrorId is ErrorIds.NotFound or ErrorIds.AccessDenied or ErrorIds.InvalidRequest)
        {
            // Then what the customer's route said stands, and is told.
            return false;
        }
        catch (PartnerCenterException error)
        {
            // Passing trouble is no answer, and that of the call; which the customer's route has not carried out.
            throw error.WithoutEffect();
        }
    }

    private ApiRequest Request(HttpMethod method, string pathAndQuery, CallOptions options) =>
        new(method, new(settings.Endpoint.AbsoluteUri.TrimEnd('/') + pathAndQuery))
        {
            IncludeOrganizationRequests = options.IncludeOrganizationRequests,
        };
}
