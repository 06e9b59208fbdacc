using System;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PartnerCenterSR.Completion;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Input;
using PartnerCenterSR.Resources;
using PartnerCenterSR.Session;

namespace PartnerCenterSR.Commands;

/// <summary>Signs in to Partner Center, and says truthfully whether that worked.</summary>
[Cmdlet(VerbsCommunications.Connect, "PartnerCenter", DefaultParameterSetName = UserSet, HelpUri = Online.Help + "Connect-PartnerCenter.md")]
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

    /// <summary>A refresh token from an earlier sign-in of a user with MFA: a SecureString, or text.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true)]
    [ValidateNotNull]
    public object? RefreshToken { get; set; }

    /// <summary>The application that signs in. Left out: Microsoft's well-known public client.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNullOrEmpty]
    public string? ApplicationId { get; set; }

    /// <summary>The application's secret: a SecureString, or text.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNull]
    public object? ApplicationSecret { get; set; }

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

    /// <summary>An assertion that proves the application (workload identity federation): text, a SecureString, or a script block that is asked for a fresh one whenever one is needed.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [ValidateNotNull]
    public object? ClientAssertion { get; set; }

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

    /// <summary>A token that came from elsewhere: a SecureString, or text, with or without "Bearer".</summary>
    [Parameter(ParameterSetName = AccessTokenSet, Mandatory = true)]
    [ValidateNotNull]
    public object? AccessToken { get; set; }

    /// <summary>Starts a service-request API inside this process and connects to it.</summary>
    [Parameter(ParameterSetName = EmulatorSet, Mandatory = true)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The requests that the emulator begins with: a JSON file. Left out: samples.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? EmulatorData { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string Environment { get; set; } = nameof(PartnerEnvironment.Global);

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
    public int TimeoutSec { get; set; } = ConnectionSettings.DefaultTimeoutSec;

    /// <summary>How often a request may be tried again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = ConnectionSettings.DefaultMaximumRetryCount;

    /// <summary>How long after a lost answer the service may still act, in seconds: so long an update waits before it is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 600)]
    public int SettleTimeSec { get; set; } = ConnectionSettings.DefaultSettleTimeSec;

    /// <summary>How long a run of updates waits for a service that is down, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int MaximumOutageSec { get; set; } = ConnectionSettings.DefaultMaximumOutageSec;

    /// <summary>How its calls are made.</summary>
    internal CallOptions CallOptions => Options();

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        // After a failure nothing may be sent to where one no longer thinks to be. Who holds the old connection may still use it.
        CurrentContext.Set(null);
        PartnerContext context = Connect(new(this));
        PartnerSession session = (PartnerSession)context.Session;
        try
        {
            if (!SkipValidation)
            {
                Await(() => session.ValidateAsync(Options()));
            }
        }
        catch (PartnerCenterException error) when (error.ErrorId == ErrorIds.MfaRequired)
        {
            session.Dispose();
            throw new PartnerCenterException(error.ErrorId, error.Message, error.InnerException) { StatusCode = error.StatusCode, ServiceErrorCode = error.ServiceErrorCode, ServiceMessage = error.ServiceMessage, RequestId = error.RequestId, CorrelationId = error.CorrelationId, RecommendedAction = MfaCure };
        }
        catch
        {
            session.Dispose();
            throw;
        }

        if (session.IsMfaCompliant is null && session.Tokens.Facts.Mfa == false)
        {
            WriteWarning(Messages.NoMfaWarning);
        }

        CurrentContext.Set(context);
        WriteObject(context);
    });

    private PartnerContext Connect(ConnectionBuilder builder) => ParameterSetName switch
    {
        EmulatorSet => builder.ToEmulator(EmulatorData is null ? null : FilePaths.Single(this, EmulatorData)),
        AccessTokenSet => builder.WithAccessToken(),
        DeviceSet => builder.SignedIn(SignInKind.Device, IsKept, Await),
        RefreshTokenSet => builder.SignedIn(SignInKind.RefreshToken, IsKept, Await),
        _ => builder.SignedIn(SignInKind.User, IsKept, Await),
    };

    private string MfaCure => ParameterSetName switch
    {
        AccessTokenSet => Messages.MfaTokenCure,
        RefreshTokenSet => Messages.MfaUnattendedCure,
        _ => Messages.MfaCure,
    };

    private bool? IsKept => MyInvocation.BoundParameters.ContainsKey(nameof(ContextScope)) ? ContextScope == ContextScope.CurrentUser : null;
}
