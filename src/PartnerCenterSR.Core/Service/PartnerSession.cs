using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

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
        : this(settings, tokens, EndpointThrottle.For(settings.Endpoint), new(TimeProvider.System)) =>
        (_server, _forget) = (server, forget);

    private PartnerSession(ConnectionSettings settings, ITokenSource tokens, EndpointThrottle throttle, Clock clock)
        : this(settings, tokens, new Transport(SharedConnections.Client, SharedConnections.Writing, settings, clock), throttle, clock)
    {
    }

    /// <summary>A connection with a clock, a throttle and a wire of its own.</summary>
    public PartnerSession(ConnectionSettings settings, ITokenSource tokens, ITransport transport, EndpointThrottle throttle, Clock clock)
    {
        Settings = settings;
        Tokens = tokens;
        Clock = clock;
        ServiceClock = new(clock);
        NoteOrder = new(clock);
        Client = new(settings, new(tokens, throttle, transport, ServiceClock, new(settings, clock.Time)));
    }

    public ConnectionSettings Settings { get; }

    public ITokenSource Tokens { get; }

    public Clock Clock { get; }

    public ServiceClock ServiceClock { get; }

    public PartnerClient Client { get; }

    public RecentRequests Recent { get; } = new();

    /// <summary>The notes that this connection's commands added lately.</summary>
    public KnownNotes Notes { get; } = new();

    /// <summary>The order in which this connection's commands with -SkipUnchanged may add the same note.</summary>
    public RequestOrder NoteOrder { get; }

    /// <summary>Whether MFA was proved when signing in, by the service's own word. Null: it has not said.</summary>
    public bool? IsMfaCompliant { get; private set; }

    /// <summary>Whether it was ended: nothing uses it any more.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Asks the service whether it lets one in, and about MFA; and where that is missing and a person is there, that person too.</summary>
    /// <exception cref="PartnerCenterException">It does not.</exception>
    public async Task ValidateAsync(CallOptions options)
    {
        IsMfaCompliant = await Client.ProbeAsync(options).ConfigureAwait(false);
        if (IsMfaCompliant == false && Tokens.CanAsk)
        {
            options.Observer.Verbose(Messages.VerboseMfa);
            await Tokens.AskAsync(await Tokens.GetAsync(options).ConfigureAwait(false), ClaimsChallenge.Mfa, options).ConfigureAwait(false);
            IsMfaCompliant = await Client.ProbeAsync(options).ConfigureAwait(false);
        }

        if (IsMfaCompliant == false)
        {
            throw new PartnerCenterException(ErrorIds.MfaRequired, Messages.MfaNotCompliant);
        }
    }

    /// <summary>Signs out for good: what was kept for later sessions goes too.</summary>
    public void SignOut()
    {
        _forget?.Invoke();
        Dispose();
    }

    /// <summary>Ends it for all who hold it, and lets its secrets go.</summary>
    public void Dispose()
    {
        IsEnded = true;
        Tokens.End();
        _server?.Dispose();
    }
}
