using System;
using System.Net;

namespace PartnerCenterSR.Core.Http;

/// <summary>The user's proxy, but never for this machine: a token for a loopback endpoint would leave it.</summary>
internal sealed class NoProxyForLoopback(IWebProxy? users) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => users?.Credentials;
        set => _ = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : users?.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || users is null || users.IsBypassed(host);
}
