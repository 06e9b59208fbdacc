using System;
using System.Net;
using System.Net.Http;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>How MSAL reaches the sign-in service: with limits of its own, so that one that hangs holds nobody for long.</summary>
internal sealed class SignInHttp(TimeSpan limit) : IMsalHttpClientFactory
{
    private const int LargestAnswer = 1 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        UseCookies = false,
#if NET
        Proxy = new NoProxyForLoopback(HttpClient.DefaultProxy),
#else
        Proxy = new NoProxyForLoopback(WebRequest.DefaultWebProxy),
#endif
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
    })
    {
        Timeout = limit < LongestWait ? limit : LongestWait,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    public TimeSpan Limit => _client.Timeout;

    public HttpClient GetHttpClient() => _client;
}
