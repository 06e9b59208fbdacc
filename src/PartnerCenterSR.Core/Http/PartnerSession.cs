using System;
using System.Net.Http;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Core.Http;

/// <summary>A connection: where, with which token, and everything that its calls share.</summary>
internal sealed class PartnerSession : IDisposable
{
    private readonly IDisposable? _server;
    private readonly Action? _forget;

    /// <param name="settings">What the connection keeps to.</param>
    /// <param name="tokens">Where its token comes from.</param>
    /// <param name="server">An emulator that lives as long as the connection. Null: none.</param>
    /// <param name="forget">Removes what the sign-in left on this machine. Null: nothing.</param>
    /// <param name="time">The clock. Null: the system's.</param>
    /// <param name="http">The client to send with. Null: the process's own.</param>
    public PartnerSession(
        ConnectionSettings settings,
        ITokenSource tokens,
        IDisposable? server = null,
        Action? forget = null,
        TimeProvider? time = null,
        HttpClient? http = null)
    {
        Settings = settings;
        Tokens = tokens;
        _server = server;
        _forget = forget;
        Clock = new(time ?? TimeProvider.System);
        ThrottleGate gate = time is null ? ThrottleGate.For(settings.Endpoint) : new(time);
        Client = new(settings, tokens, new Transport(http ?? SharedConnections.Client, settings, gate, Clock), new RetryPolicy(settings, Clock.Time));
    }

    public ConnectionSettings Settings { get; }

    public ITokenSource Tokens { get; }

    public SteadyClock Clock { get; }

    public PartnerClient Client { get; }

    public SeenRequests Seen { get; } = new();

    /// <summary>The notes that this connection's commands added lately.</summary>
    public NoteLedger Notes { get; } = new();

    /// <summary>Signs out for good: what was kept for later sessions goes too.</summary>
    public void SignOut()
    {
        _forget?.Invoke();
        Dispose();
    }

    public void Dispose() => _server?.Dispose();
}
