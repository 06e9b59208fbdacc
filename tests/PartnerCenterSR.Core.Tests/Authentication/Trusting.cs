using System.Net.Http;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Reaches the sign-in service of the tests, whose certificate nobody knows.</summary>
internal sealed class Trusting : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
}
