using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensibility;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Asks a person to sign in: in the browser, or with a code on another device.</summary>
/// <param name="application">The application that signs in.</param>
/// <param name="options">How.</param>
/// <param name="account">As whom. Null: as anyone.</param>
internal sealed class PersonalSignIn(MsalApplication application, SignInOptions options, IAccount? account)
{
    /// <summary>So long somebody who has been asked is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="claims">What the service demands beside. Null: nothing.</param>
    /// <param name="call">The command's.</param>
    public Task<AuthenticationResult> AskAsync(string? claims, CallOptions call) =>
        options.Kind == SignInKind.Device ? WithCodeAsync(claims, call) : InBrowserAsync(claims, call);

    private Task<AuthenticationResult> WithCodeAsync(string? claims, CallOptions call)
    {
        AcquireTokenWithDeviceCodeParameterBuilder device = ((IPublicClientApplication)application.Base).AcquireTokenWithDeviceCode(options.Scopes, code =>
        {
            call.Observer.Prompt(Messages.DeviceCode.With(SafeText.Line(code.VerificationUrl), SafeText.Line(code.UserCode)));
            return Task.CompletedTask;
        });
        return (claims is null ? device : device.WithClaims(claims)).ExecuteAsync(call.Cancellation);
    }

    private async Task<AuthenticationResult> InBrowserAsync(string? claims, CallOptions call)
    {
        using LoopbackBrowser browser = new(address =>
        {
            call.Observer.Prompt(claims is null ? Messages.BrowserOpens.With(address.AbsoluteUri) : Messages.BrowserOpensFor.With(Messages.MfaAsked, address.AbsoluteUri));
            BrowserLauncher.Open(address);
        });
        using CancellationTokenSource patience = new Clock(options.Time).After(Patience);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, patience.Token);
        bool succeeded = false;
        try
        {
            AcquireTokenInteractiveParameterBuilder interactive = application.For(browser.Redirect).AcquireTokenInteractive(options.Scopes).WithCustomWebUi(browser);
            interactive = account is null ? interactive : interactive.WithAccount(account);
            AuthenticationResult result = await (claims is null ? interactive : interactive.WithClaims(claims)).ExecuteAsync(limit.Token).ConfigureAwait(false);
            succeeded = true;
            return result;
        }
        catch (Exception error) when (patience.IsCancellationRequested && error is OperationCanceledException or MsalClientException { ErrorCode: MsalError.AuthenticationCanceledError })
        {
            throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NobodyCame.With(Patience.TotalMinutes)) { RecommendedAction = Messages.NoBrowserCure };
        }
        finally
        {
            browser.Finish(succeeded);
        }
    }
}
