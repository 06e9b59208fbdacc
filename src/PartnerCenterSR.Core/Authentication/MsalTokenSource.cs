using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Signs in through MSAL, and renews what it got: before it ends and after a 401, once for all who wait.</summary>
internal sealed class MsalTokenSource : ITokenSource
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly SignInOptions _options;
    private readonly MsalApplication _application;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Held? _held;
    private string? _refreshToken;

    private MsalTokenSource(SignInOptions options, IMsalHttpClientFactory? http)
    {
        _options = options;
        _application = new(options, http);
    }

    public SignInFacts Facts => _held?.Facts ?? SignInFacts.None;

    public bool CanRenew => true;

    /// <summary>Signs in: without asking where an earlier session was kept, else in the way that was chosen.</summary>
    /// <exception cref="PartnerCenterException">It did not work.</exception>
    public static Task<MsalTokenSource> SignInAsync(SignInOptions options, CallOptions call) => SignInAsync(options, call, null);

    /// <param name="options">How to sign in.</param>
    /// <param name="call">The command's.</param>
    /// <param name="http">How MSAL reaches the sign-in service. Null: in its own way.</param>
    public static async Task<MsalTokenSource> SignInAsync(SignInOptions options, CallOptions call, IMsalHttpClientFactory? http)
    {
        MsalTokenSource source;
        try
        {
            source = new(options, http);
        }
        catch (Exception error) when (error is MsalException or ArgumentException)
        {
            throw SignInErrors.From(error, options);
        }

        if (options.IsKept && !await source._application.KeepAsync().ConfigureAwait(false))
        {
            call.Observer.Warning(Messages.NoSafeStoreWarning);
        }

        await source.AcquireAsync(() => source.FirstAsync(call)).ConfigureAwait(false);
        return source;
    }

    public async Task<string> GetAsync(CallOptions options)
    {
        Held held = _held!;
        return held.RenewAt > _options.Time.GetUtcNow() ? held.Token : await RenewAsync(held.Token, null, isEarly: true, options).ConfigureAwait(false);
    }

    public Task<string> RenewAsync(string rejected, string? claims, CallOptions options) => RenewAsync(rejected, claims, isEarly: false, options);

    private async Task<string> RenewAsync(string rejected, string? claims, bool isEarly, CallOptions options)
    {
        await _turn.WaitAsync(options.Waiting).ConfigureAwait(false);
        try
        {
            if (_held!.Token == rejected)
            {
                await AcquireAsync(() => AgainAsync(claims, options)).ConfigureAwait(false);
            }

            return _held.Token;
        }
        catch (PartnerCenterException error) when (error.IsPassing)
        {
            DateTimeOffset now = _options.Time.GetUtcNow();
            if (isEarly && now < _held!.Facts.ExpiresOn)
            {
                options.Observer.Verbose(Messages.VerboseSignInPassing.With(error.Message));
                _held.RenewAt = now + Again;
                return _held.Token;
            }

            // To a run it is an outage as any other: it is waited for.
            throw new PartnerCenterException(ErrorIds.ServiceUnavailable, error.Message, error) { StatusCode = error.StatusCode, RecommendedAction = error.RecommendedAction };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets the accounts, also those kept on this machine.</summary>
    public void Forget()
    {
        foreach (IAccount account in _application.Base.GetAccountsAsync().GetAwaiter().GetResult().ToList())
        {
            _application.Base.RemoveAsync(account).GetAwaiter().GetResult();
        }

        if (_options.IsKept)
        {
            TokenCache.Remove();
        }
    }

    private async Task AcquireAsync(Func<Task<AuthenticationResult>> acquire)
    {
        AuthenticationResult result;
        try
        {
            result = await acquire().ConfigureAwait(false);
        }
        catch (Exception error) when (error is MsalException or HttpRequestException)
        {
            throw SignInErrors.From(error, _options);
        }

        _held = new(result, _options.Tenant, _options.Time.GetUtcNow());
        _refreshToken = _application.RefreshTokenOf(result.Account) ?? _refreshToken;
        if (_refreshToken is { } newest)
        {
            _options.Rotated?.Invoke(newest);
        }
    }

    private async Task<AuthenticationResult> FirstAsync(CallOptions call)
    {
        if (_options.Kind == SignInKind.RefreshToken)
        {
            return await _application.ByRefreshToken(_options.Scopes, _options.RefreshToken!).ExecuteAsync(call.Cancellation).ConfigureAwait(false);
        }

        IAccount? kept = _options.IsKept ? (await _application.Base.GetAccountsAsync().ConfigureAwait(false)).FirstOrDefault() : null;
        if (kept is not null)
        {
            try
            {
                return await _application.Base.AcquireTokenSilent(_options.Scopes, kept).ExecuteAsync(call.Cancellation).ConfigureAwait(false);
            }
            catch (MsalUiRequiredException)
            {
                // What was kept is not enough any more: the person is asked.
            }
        }

        return await AskAsync(null, call).ConfigureAwait(false);
    }

    private async Task<AuthenticationResult> AgainAsync(string? claims, CallOptions call)
    {
        if (_options.Kind == SignInKind.RefreshToken)
        {
            return claims is null
                ? await _application.ByRefreshToken(_options.Scopes, _refreshToken ?? _options.RefreshToken!).ExecuteAsync(call.Cancellation).ConfigureAwait(false)
                : throw SignInErrors.Unattended(Messages.ClaimsDemanded);
        }

        try
        {
            IAccount? account = (await _application.Base.GetAccountsAsync().ConfigureAwait(false)).FirstOrDefault();
            AcquireTokenSilentParameterBuilder silent = _application.Base.AcquireTokenSilent(_options.Scopes, account).WithForceRefresh(true);
            return await (claims is null ? silent : silent.WithClaims(claims)).ExecuteAsync(call.Cancellation).ConfigureAwait(false);
        }
        catch (MsalUiRequiredException error)
        {
            return await AskAsync(error.Claims ?? claims, call).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the person, where there is one.</summary>
    private Task<AuthenticationResult> AskAsync(string? claims, CallOptions call)
    {
        if (!_options.IsInteractive)
        {
            throw SignInErrors.Unattended(claims is null ? Messages.NobodyToAsk : Messages.ClaimsDemanded);
        }

        if (_options.Kind == SignInKind.Device)
        {
            AcquireTokenWithDeviceCodeParameterBuilder device = _application.Public.AcquireTokenWithDeviceCode(_options.Scopes, code =>
            {
                call.Observer.Prompt(Messages.DeviceCode.With(code.VerificationUrl, code.UserCode));
                return Task.CompletedTask;
            });
            return (claims is null ? device : device.WithClaims(claims)).ExecuteAsync(call.Cancellation);
        }

        call.Observer.Prompt(Messages.BrowserOpens);
        AcquireTokenInteractiveParameterBuilder browser = _application.Public.AcquireTokenInteractive(_options.Scopes)
            .WithUseEmbeddedWebView(false)
            .WithSystemWebViewOptions(new SystemWebViewOptions { HtmlMessageSuccess = Messages.BrowserDone });
        return (claims is null ? browser : browser.WithClaims(claims)).ExecuteAsync(call.Cancellation);
    }

    /// <summary>The present token, what it says, and when to get the next.</summary>
    private sealed class Held
    {
        public Held(AuthenticationResult result, string? tenant, DateTimeOffset now)
        {
            Token = result.AccessToken;
            TimeSpan left = result.ExpiresOn - now;
            TimeSpan margin = TimeSpan.FromTicks(Math.Min(LongestMargin.Ticks, Math.Max(0, left.Ticks / 10)));
            RenewAt = result.ExpiresOn - margin;
            TokenFacts? facts = TokenFacts.Read(result.AccessToken);
            SignInFacts said = facts?.SignIn ?? SignInFacts.None;
            Facts = said with
            {
                Account = result.Account?.Username ?? said.Account,
                Tenant = tenant ?? result.TenantId ?? said.Tenant,
                Scopes = said.Scopes.Count > 0 ? said.Scopes : [.. result.Scopes],
                ExpiresOn = result.ExpiresOn,
            };
        }

        public string Token { get; }

        public DateTimeOffset RenewAt { get; set; }

        public SignInFacts Facts { get; }
    }
}
