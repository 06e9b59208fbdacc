using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>Makes the connection that the parameters of Connect-PartnerCenter ask for; whether it is let in is not asked yet.</summary>
internal sealed class ConnectionBuilder(ConnectPartnerCenterCommand command)
{
    private readonly Cloud _cloud = Clouds.Get(command.Environment);

    private PartnerEnvironment Environment => command.Endpoint is null ? _cloud.Environment : PartnerEnvironment.Custom;

    public PartnerContext ToEmulator(string? dataPath)
    {
        EmulatorConnection emulator = EmulatorConnection.Start(dataPath);
        StaticTokenSource tokens = new(emulator.Token, new SignInFacts { Account = "emulator", Tenant = command.Tenant });
        return Context(new(Settings(emulator.Endpoint), tokens, emulator.Server), SignInKind.Emulator, PartnerEnvironment.Emulator);
    }

    /// <exception cref="PartnerCenterException">The token cannot serve, or would go in the clear.</exception>
    public PartnerContext WithAccessToken()
    {
        Uri endpoint = Endpoints.Check(command.Endpoint ?? _cloud.Endpoint);
        string token = Secrets.Token(Secrets.Reveal(command.AccessToken, nameof(command.AccessToken))!);
        TokenFacts? facts = TokenFacts.Read(token);
        TokenRules.Check(facts, endpoint, DateTimeOffset.UtcNow);
        StaticTokenSource tokens = new(token, (facts?.SignIn ?? SignInFacts.None) with { Tenant = command.Tenant ?? facts?.SignIn.Tenant });
        return Context(new(Settings(endpoint), tokens), SignInKind.AccessToken, Environment);
    }

    /// <param name="kind">How.</param>
    /// <param name="isKept">Whether the sign-in is kept for later processes. Null: if one was kept before.</param>
    /// <param name="open">Opens the connection, waiting for it.</param>
    /// <exception cref="PartnerCenterException">It did not work.</exception>
    public PartnerContext SignedIn(SignInKind kind, bool? isKept, Func<Func<Task<PartnerSession>>, PartnerSession> open)
    {
        Uri endpoint = Endpoints.Check(command.Endpoint ?? _cloud.Endpoint);
        string? absent = kind switch
        {
            SignInKind.Device => Interactivity.WithoutPerson(command.Host),
            SignInKind.User => Interactivity.WithoutBrowser(command.Host),
            _ => null,
        };
        RotatedSecret rotated = new();
        SignInOptions options = new()
        {
            Kind = kind,
            ApplicationId = command.ApplicationId ?? command.Credential?.UserName ?? (kind == SignInKind.RefreshToken
                ? throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NeedsApplicationId)
                : SignInOptions.WellKnownApplicationId),
            Tenant = command.Tenant?.Trim(),
            Authority = Endpoints.CheckAuthority(command.Authority ?? _cloud.Authority),
            Endpoint = endpoint,
            RefreshToken = Secrets.Reveal(command.RefreshToken, nameof(command.RefreshToken))?.Trim(),
            ApplicationSecret = Secrets.Reveal(command.ApplicationSecret, nameof(command.ApplicationSecret)) ?? Secrets.Reveal(command.Credential?.Password, nameof(command.Credential)),
            Certificate = Certificate(),
            Assertion = command.ClientAssertion is { } assertion ? new ClientAssertion(assertion, TimeSpan.FromSeconds(command.TimeoutSec)).GetAsync : null,
            Timeout = TimeSpan.FromSeconds(command.TimeoutSec),

            // What a runbook brings is its own: it neither reads nor writes what a person keeps.
            IsKept = isKept ?? (kind != SignInKind.RefreshToken && TokenCache.Exists),
            IsInteractive = absent is null && kind != SignInKind.RefreshToken,
            Rotated = command.RotatedRefreshTokenVariable is null ? null : rotated.Rewrite,
        };
        if (absent is not null && !options.IsKept)
        {
            throw SignInErrors.Unattended((kind == SignInKind.Device ? Messages.NobodyHere : Messages.NoBrowserHere).With(absent));
        }

        PartnerSession session = open(() => MsalConnection.OpenAsync(options, Settings(endpoint), command.CallOptions));
        if (command.RotatedRefreshTokenVariable is { } name)
        {
            command.SessionState.PSVariable.Set(name, rotated.Value);
        }

        return Context(session, kind, Environment);
    }

    /// <exception cref="PartnerCenterException">It is not there, or proves nothing.</exception>
    private X509Certificate2? Certificate()
    {
        if ((command.Certificate ?? (command.CertificateThumbprint is null ? null : CertificateStores.Find(Secrets.Thumbprint(command.CertificateThumbprint)))) is not { } certificate)
        {
            return null;
        }

        return certificate.HasPrivateKey
            ? certificate
            : throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NoPrivateKey.With(certificate.Subject)) { RecommendedAction = Messages.NoPrivateKeyCure };
    }

    private ConnectionSettings Settings(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        AttemptTimeout = TimeSpan.FromSeconds(command.TimeoutSec),
        MaximumRetryCount = command.MaximumRetryCount,
        SettleTime = TimeSpan.FromSeconds(command.SettleTimeSec),
        MaximumOutage = TimeSpan.FromSeconds(command.MaximumOutageSec),
        UserAgent = $"PartnerCenterSR/{command.MyInvocation.MyCommand.Module?.Version} PowerShell/{command.Host.Version}",
    };

    private static PartnerContext Context(PartnerSession session, SignInKind kind, PartnerEnvironment environment) =>
        new(session, () => session.Tokens.Facts with { Mfa = session.IsMfaCompliant })
        {
            Environment = environment,
            Endpoint = session.Settings.Endpoint,
            SignIn = kind,
            CanRenew = session.Tokens.CanRenew,
        };
}
