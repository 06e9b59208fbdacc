using System;
using System.Collections.Generic;
using System.Net.Http;

namespace PartnerCenterSR.Core.Http;

/// <summary>One logical call: every attempt at it carries the same ids.</summary>
internal sealed record ApiRequest(HttpMethod Method, Uri Uri)
{
    public static HttpMethod Patch { get; } = new("PATCH");

    /// <summary>The idempotency key of the service.</summary>
    public string RequestId { get; init; } = NewId();

    public string CorrelationId { get; init; } = NewId();

    public byte[]? Body { get; init; }

    /// <summary>Whether to act as Support Request Administrator on the organization's requests.</summary>
    public bool IncludeOrganizationRequests { get; init; }

    /// <summary>Whether the service is asked to say if the token was gained with MFA.</summary>
    public bool ValidatesMfa { get; init; }

    /// <summary>The customer's request that it is about, where it goes by the customer's route. Null: it goes by the partner's.</summary>
    public (string CustomerId, string Id)? ByCustomer { get; init; }

    /// <summary>Headers that a next link asks for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LinkHeaders { get; init; } = [];

    public static string NewId() => Guid.NewGuid().ToString("D");
}
