using System;
using System.Management.Automation;
using System.Security;
using PartnerCenterSR.Binding;
using PartnerCenterSR.Connections;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Pipeline;

namespace PartnerCenterSR.Commands;

/// <summary>Signs in to Partner Center, and says truthfully whether that worked.</summary>
[Cmdlet(VerbsCommunications.Connect, "PartnerCenter", DefaultParameterSetName = AccessTokenSet)]
[OutputType(typeof(PartnerContext))]
public sealed class ConnectPartnerCenterCommand : AsyncCmdlet
{
    private const string AccessTokenSet = "AccessToken";
    private const string EmulatorSet = "Emulator";

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
        PartnerContext context = ParameterSetName == EmulatorSet ? ConnectEmulator() : ConnectWithToken();
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
        return Context(new PartnerSession(Settings(endpoint), tokens), SignInKind.AccessToken, Endpoint is null ? Environment : PartnerEnvironment.Custom);
    }

    private PartnerContext ConnectEmulator()
    {
        EmulatorConnection emulator = EmulatorConnection.Start(EmulatorData is null ? null : Files.One(this, EmulatorData, literal: false));
        StaticTokenSource tokens = new(emulator.Token, new SignInFacts { Account = "emulator", Tenant = Tenant });
        return Context(new PartnerSession(Settings(emulator.Endpoint), tokens, emulator.Server), SignInKind.Emulator, PartnerEnvironment.Emulator);
    }

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
