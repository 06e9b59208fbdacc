using System;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PartnerCenterSR.Binding;
using PartnerCenterSR.Connections;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Pipeline;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Commands;

/// <summary>Signs in to Partner Center, and says truthfully whether that worked.</summary>
[Cmdlet(VerbsCommunications.Connect, "PartnerCenter", DefaultParameterSetName = UserSet)]
[OutputType(typeof(PartnerContext))]
public sealed class ConnectPartnerCenterCommand : AsyncCmdlet
{
    private const string UserSet = "User";
    private const string DeviceSet = "Device";
    private const string RefreshTokenSet = "RefreshToken";
    private const string AccessTokenSet = "AccessToken";
    private const string EmulatorSet = "Emulator";

    /// <summary>Signs in with a code that is entered on another device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true)]
    [Alias("Device", "DeviceAuth", "DeviceCode")]
    public SwitchParameter UseDeviceAuthentication { get; set; }

    /// <summary>A refresh token from an earlier sign-in of a user with MFA.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The application that signs in. Left out: Microsoft's well-known public client.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    /// <summary>The application's secret.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? ApplicationSecret { get; set; }

    /// <summary>The application's id and secret.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The application's certificate, with its private key.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The thumbprint of the application's certificate in the user's or the machine's store.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The name of a variable that gets the newest refresh token as a SecureString, and keeps it as it is renewed.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? RotatedRefreshTokenVariable { get; set; }

    /// <summary>Whether the sign-in ends with the process, or is kept, encrypted, for later ones of the user.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    public ContextScope ContextScope { get; set; }

    /// <summary>A token that came from elsewhere.</summary>
    [Parameter(ParameterSetName = AccessTokenSet, Mandatory = true)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Starts a service-request API inside this process and connects to it.</summary>
    [Parameter(ParameterSetName = EmulatorSet, Mandatory = true)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The requests that the emulator begins with: a JSON file. Left out: samples.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? EmulatorData { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter]
    [ValidateSet("Global", "USGovernment", "Germany", "China")]
    public PartnerEnvironment Environment { get; set; }

    /// <summary>Where the API is, when it is not where the cloud has it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Where sign-in is, without the tenant, when it is not where the cloud has it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Authority { get; set; }

    /// <summary>The partner's tenant, by id or domain.</summary>
    [Parameter]
    [Alias("TenantId", "Domain")]
    [ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    /// <summary>Connects without asking the service first whether it lets one in.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>The longest that one attempt of one request may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How often a request may be tried again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 6;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        // First of all the old connection goes: after a failure nothing may be sent to where one no longer thinks to be.
        CurrentContext.Set(null);
        PartnerContext context = ParameterSetName switch
        {
            EmulatorSet => ConnectEmulator(),
            AccessTokenSet => ConnectWithToken(),
            _ => SignIn(),
        };
        try
        {
            if (!SkipValidation)
            {
                Await(() => Validate((PartnerSession)context.Session));
            }
        }
        catch
        {
            ((PartnerSession)context.Session).Dispose();
            throw;
        }

        CurrentContext.Set(context);
        WriteObject(context);
    });

    private System.Threading.Tasks.Task<Core.Json.ServiceRequestPage> Validate(PartnerSession session) => session.Client.GetPageAsync(
        session.Client.Request(System.Net.Http.HttpMethod.Get, PartnerClient.Route(null) + "?size=1", Options()), null, Options());

    private PartnerContext ConnectWithToken()
    {
        Uri endpoint = Endpoints.Check(Endpoint ?? Clouds.Endpoint(Environment));
        string token = Secrets.Reveal(AccessToken!).Trim();
        TokenFacts? facts = TokenFacts.Read(token);
        TokenRules.Check(facts, endpoint, DateTimeOffset.UtcNow, WriteWarning);
        StaticTokenSource tokens = new(token, (facts?.SignIn ?? SignInFacts.None) with { Tenant = Tenant ?? facts?.SignIn.Tenant });
        return Context(new PartnerSession(Settings(endpoint), tokens), SignInKind.AccessToken, Cloud);
    }

    private PartnerContext SignIn()
    {
        Uri endpoint = Endpoints.Check(Endpoint ?? Clouds.Endpoint(Environment));
        Uri authority = Endpoints.CheckAuthority(Authority ?? Clouds.Authority(Environment));
        RotatedSecret rotated = new();
        SignInOptions options = new()
        {
            Kind = ParameterSetName switch { DeviceSet => SignInKind.Device, RefreshTokenSet => SignInKind.RefreshToken, _ => SignInKind.User },
            ApplicationId = ApplicationId ?? Credential?.UserName ?? (ParameterSetName == RefreshTokenSet
                ? throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NeedsApplicationId)
                : SignInOptions.WellKnownApplicationId),
            Tenant = Tenant,
            Authority = authority,
            Endpoint = endpoint,
            RefreshToken = RefreshToken is null ? null : Secrets.Reveal(RefreshToken).Trim(),
            ApplicationSecret = ApplicationSecret is not null ? Secrets.Reveal(ApplicationSecret) : Credential?.GetNetworkCredential().Password,
            Certificate = Certificate ?? (CertificateThumbprint is null ? null : CertificateStores.Find(CertificateThumbprint)),
            IsKept = MyInvocation.BoundParameters.ContainsKey(nameof(ContextScope)) ? ContextScope == ContextScope.CurrentUser : KeptTokens.Exist,
            IsAttended = Attendance.IsAttended(Host),
            Rotated = RotatedRefreshTokenVariable is null ? null : rotated.Rewrite,
        };
        PartnerSession session = Await(() => MsalConnection.OpenAsync(options, Settings(endpoint), Options()));
        if (session.Tokens.Facts.Mfa == false)
        {
            WriteWarning(Messages.NoMfaWarning);
        }

        if (RotatedRefreshTokenVariable is { } name)
        {
            SessionState.PSVariable.Set(name, rotated.Value);
        }

        return Context(session, options.Kind, Cloud);
    }

    private PartnerContext ConnectEmulator()
    {
        EmulatorConnection emulator = EmulatorConnection.Start(EmulatorData is null ? null : Files.One(this, EmulatorData, literal: false, ErrorIds.InvalidRequest));
        StaticTokenSource tokens = new(emulator.Token, new SignInFacts { Account = "emulator", Tenant = Tenant });
        return Context(new PartnerSession(Settings(emulator.Endpoint), tokens, emulator.Server), SignInKind.Emulator, PartnerEnvironment.Emulator);
    }

    private PartnerEnvironment Cloud => Endpoint is null ? Environment : PartnerEnvironment.Custom;

    private ConnectionSettings Settings(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        AttemptTimeout = TimeSpan.FromSeconds(TimeoutSec),
        MaximumRetryCount = MaximumRetryCount,
        UserAgent = $"PartnerCenterSR/{MyInvocation.MyCommand.Module?.Version} PowerShell/{Host.Version}",
    };

    private static PartnerContext Context(PartnerSession session, SignInKind kind, PartnerEnvironment environment) =>
        new(session, () => session.Tokens.Facts)
        {
            Environment = environment,
            Endpoint = session.Settings.Endpoint,
            SignIn = kind,
            CanRenew = session.Tokens.CanRenew,
        };
}
