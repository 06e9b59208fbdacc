using System;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
#if NET
using System.Net.Http;
#endif

namespace PartnerCenterSR.Core.Http;

/// <summary>Tells failures before anything was sent from those after which the service may have acted.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether the request certainly never reached the service.</summary>
    public static bool WasNotSent(Exception error)
    {
#if NET
        return error is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
#else
        return Find<WebException>(error)?.Status is WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure
                or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.SecureChannelFailure
                or WebExceptionStatus.TrustFailure
            || Find<SocketException>(error)?.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
                or SocketError.HostUnreachable or SocketError.NetworkUnreachable;
#endif
    }

    /// <summary>Whether trying again is of no use: no such host, a certificate that is not trusted.</summary>
    public static bool IsLasting(Exception? error) =>
        Find<AuthenticationException>(error) is not null
        || Find<SocketException>(error)?.SocketErrorCode is SocketError.HostNotFound
        || Find<WebException>(error)?.Status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.TrustFailure;

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found)
            {
                return found;
            }
        }

        return null;
    }
}
