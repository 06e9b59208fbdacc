using System;
using System.Net.Http;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Service;

/// <summary>A connection: where, with which token, and everything that its calls share.</summary>
internal sealed class PartnerSession : IDisposable
{
    private readonly IDisposable? _server;
    private readonly Action? _forget;

    /// <param name="settings">What the connection keeps to.</param>
    /// <param name="tokens">Where its token comes from.</param>
    /// <param name="server">An emulator that lives as long as the connection. Null: none.</param>
    /// <param name="forget">Removes what the sign-in left on this machine. Null: nothing.</param>
    public PartnerSession(ConnectionSettings settings, ITokenSource tokens, IDisposable? server = null, Action? forget = null)
        : this(settings, tokens, SharedConnections.Client, EndpointThrottle.For(settings.Endpoint), new(TimeProvider.System)) =>
        (_server, _forget) = (server, forget);

    private PartnerSession(ConnectionSettings settings, ITokenSource tokens, HttpClient http, EndpointThrottle throttle, Clock clock)
        : this(settings, tokens, new Transport(http, settings, clock), throttle, clock)
    {
    }

    /// <summary>A connection with a clock, a throttle and a wire of its own.</summary>
    public PartnerSession(ConnectionSettings settings, ITokenSource tokens, ITransport transport, EndpointThrottle throttle, Clock clock)
    {
        Settings = settings;
        Tokens = tokens;
        Clock = clock;
        Client = new(settings, new(tokens, throttle, transport, ServiceClock, new(settings, clock.Time), clock));
    }

    public ConnectionSettings Settings { get; }

    public ITokenSource Tokens { get; }

    public Clock Clock { get; }

    public ServiceClock ServiceClock { get; } = new();

    public PartnerClient Client { get; }

    public RecentRequests Recent { get; } = new();

    /// <summary>The notes that this connection's commands added lately.</summary>
    public KnownNotes Notes { get; } = new();

    /// <summary>Signs out for good: what was kept for later sessions goes too.</summary>
    public void SignOut()
    {
        _forget?.Invoke();
        Dispose();
    }

    public void Dispose() => _server?.Dispose();
}
