using System.Net;
using System.Net.Http;
using System.Threading;

namespace PartnerCenterSR.Core.Http;

/// <summary>The one pool of connections of the process.</summary>
internal static class SharedConnections
{
    private const int MostPerServer = 64;

    /// <summary>Never follows a redirect, which would carry the token elsewhere; uses the user's proxy settings.</summary>
    public static HttpClient Client { get; } = new(CreateHandler(), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

#if NET
    /// <summary>For what must not be sent twice. The same here: a request of which a byte of the body went out is not sent again on another connection.</summary>
    public static HttpClient Writing => Client;

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        MaxConnectionsPerServer = MostPerServer,
        ConnectTimeout = System.TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = System.TimeSpan.FromMinutes(5),
        Proxy = new NoProxyForLoopback(HttpClient.DefaultProxy),
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
    };
#else
    /// <summary>
    /// For what must not be sent twice: each call has a connection of its own, in a pool that keeps none alive. .NET Framework sends a
    /// request again by itself where a connection that was kept alive turns out to be dead.
    /// </summary>
    public static HttpClient Writing { get; } = Closing(new(CreateHandler(), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });

    private static HttpClient Closing(HttpClient client)
    {
        client.DefaultRequestHeaders.ConnectionClose = true;
        return client;
    }

    private static HttpClientHandler CreateHandler()
    {
        // Added to what the process allows, never put in its place.
        // 0 is the system's own choice, which netstandard2.0 has no name for.
        if (ServicePointManager.SecurityProtocol != 0)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        return new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
            MaxConnectionsPerServer = MostPerServer,
            Proxy = new NoProxyForLoopback(WebRequest.DefaultWebProxy),
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        };
    }
#endif
}
