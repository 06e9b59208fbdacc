using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>
/// Signs in through MSAL, and renews what it got: before it ends and after a 401, once for all who wait. It stands for one account in
/// one tenant, until it is ended.
/// </summary>
internal sealed partial class MsalTokenSource : ITokenSource
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);

    // What signs in may call whoever has to be signed in: a script block that gives an assertion.
    private readonly AsyncLocal<bool> _isSigningIn = new();
    private readonly SignInHttp? _limits;
    private SignInOptions _options;
    private MsalApplication? _application;
    private ITokenStore? _store;
    private CallOptions? _asking;
    private HeldToken? _held;
    private IAccount? _account;
    private string? _refreshToken;
    private string? _asserted;
    private int _tries;
    private PartnerCenterException? _failure;
    private PartnerCenterException? _endedBy;

    private MsalTokenSource(SignInOptions options, IMsalHttpClientFactory? http)
    {
        _options = options;
        _limits = http is null ? new(options.Timeout) : null;
        _application = new(options, http ?? _limits!, options.Assertion is null ? null : _ => AssertAsync());
    }

    public SignInFacts Facts { get; private set; } = SignInFacts.None;

    public bool CanRenew => true;

    public bool CanAsk => _options.IsInteractive && _options.Kind is SignInKind.User or SignInKind.Device;

    private SilentSignIn Silent => new(Application, _options, _store);

    private MsalApplication Application => _application ?? throw Ended();

    /// <summary>Signs in: without asking where an earlier session was kept, else in the way that was chosen.</summary>
    /// <param name="options">How to sign in.</param>
    /// <param name="call">The command's.</param>
    /// <param name="store">Where sign-ins are kept. Null: in memory only.</param>
    /// <exception cref="PartnerCenterException">It did not work.</exception>
    public static Task<MsalTokenSource> SignInAsync(SignInOptions options, CallOptions call, ITokenStore? store) => SignInAsync(options, call, store, null);

    /// <summary>The same with another way to the sign-in service. Apart, so that who does not need MSAL's types does not load them.</summary>
    public static async Task<MsalTokenSource> SignInAsync(SignInOptions options, CallOptions call, ITokenStore? store, IMsalHttpClientFactory? http)
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

        if (store is not null)
        {
            source._store = store;
            source.Application.Keep(store);
        }

        call.Observer.Verbose(Messages.VerboseSignIn.With(options.Authority.Host, options.Kind));
        await source.AcquireAsync(() => source.FirstAsync(call), call).ConfigureAwait(false);
        return source;
    }

    public async Task<string> GetAsync(CallOptions options)
    {
        HeldToken held = _held ?? throw Ended();
        DateTimeOffset now = _options.Time.GetUtcNow();

        // While another renews it, it is as good as before: nobody waits for whoever may be waiting for him.
        bool isGood = held.RenewAt > now || (_turn.CurrentCount == 0 && held.Facts.ExpiresOn > now);
        return isGood ? held.Token : await RenewAsync(held.Token, null, isEarly: true, options).ConfigureAwait(false);
    }

    public Task<string> RenewAsync(string rejected, string? claims, CallOptions options) => RenewAsync(rejected, claims, isEarly: false, options);

    public Task<string> AskAsync(string rejected, string claims, CallOptions options) => ReplaceAsync(rejected, () => AskAsync(claims, options), options);

    /// <summary>Forgets the account, also where it is kept on this machine; other accounts stay.</summary>
    public void Forget()
    {
        if (_application is not { } application || _account is not { } own)
        {
            return;
        }

        application.Base.RemoveAsync(own).GetAwaiter().GetResult();
        if (_store is not null && application.IsEmpty)
        {
            _store.Remove();
        }
    }

    public void End()
    {
        _application?.End();
        (_application, _store, _held, _account, _refreshToken, _asserted) = (null, null, null, null, null, null);
        _options = _options with { RefreshToken = null, ApplicationSecret = null, Certificate = null, Assertion = null, Rotated = null };
    }

    private PartnerCenterException Ended() => _endedBy ?? CallErrors.Disconnected();

    private async Task AcquireAsync(Func<Task<AuthenticationResult>> acquire, CallOptions call)
    {
        _failure = null;
        _asking = call;
        _isSigningIn.Value = true;
        try
        {
            AuthenticationResult result = await acquire().ConfigureAwait(false);
            Hold(result, call);
        }
        catch (Exception error) when (error is MsalException or HttpRequestException or JsonException
            || (error is OperationCanceledException && !call.Cancellation.IsCancellationRequested))
        {
            throw _failure = SignInErrors.From(error, _options with { FurtherSecrets = [.. _options.FurtherSecrets, .. _asserted is null ? [] : new[] { _asserted }] }, _limits?.Limit);
        }
        catch (PartnerCenterException error)
        {
            _failure = error;
            throw;
        }
    }

    private async Task<string> AssertAsync() => _asserted = await _options.Assertion!(_asking!).ConfigureAwait(false);

    private void Hold(AuthenticationResult result, CallOptions call)
    {
        MsalApplication application = Application;
        TokenFacts? facts = TokenFacts.Read(result.AccessToken);
        HeldToken held = new(result, facts, _options);
        if (_held?.As is { } own && !own.MayBe(held.As))
        {
            if (result.Account is { } other)
            {
                application.Base.RemoveAsync(other).GetAwaiter().GetResult();
            }

            End();
            throw _endedBy = new PartnerCenterException(ErrorIds.SignInFailed, Messages.OtherAccount.With(held.As.Account, held.As.Tenant, own.Account, own.Tenant)) { RecommendedAction = Messages.OtherAccountAction };
        }

        TokenRules.Check(facts, _options.Endpoint, now: null);
        (_held, Facts, _account) = (held, held.Facts, result.Account ?? _account);
        call.Observer.Verbose(Messages.VerboseSignedIn.With(held.As.Account, held.As.Tenant, result.ExpiresOn.ToLocalTime()));
        _refreshToken = application.RefreshTokenOf(result.Account) ?? _refreshToken;
        _options = _options with { FurtherSecrets = [result.AccessToken, .. _refreshToken is null ? [] : new[] { _refreshToken }] };
        if (_refreshToken is { } newest)
        {
            _options.Rotated?.Invoke(newest);
        }
    }

    private async Task<AuthenticationResult> FirstAsync(CallOptions call) => _options.Kind == SignInKind.RefreshToken
        ? await Application.ByRefreshToken(_options.Scopes, _options.RefreshToken!).ExecuteAsync(call.Cancellation).ConfigureAwait(false)
        : await Silent.FirstAsync(call).ConfigureAwait(false) ?? await AskAsync(null, call).ConfigureAwait(false);

    private async Task<AuthenticationResult> AgainAsync(string? claims, CallOptions call)
    {
        if (_options.Kind == SignInKind.RefreshToken)
        {
            return claims is null
                ? await Application.ByRefreshToken(_options.Scopes, _refreshToken ?? _options.RefreshToken!).ExecuteAsync(call.Cancellation).ConfigureAwait(false)
                : throw SignInErrors.Unattended(Messages.ClaimsDemanded);
        }

        try
        {
            return await Silent.AgainAsync(_account, _held, claims, call).ConfigureAwait(false);
        }
        catch (MsalUiRequiredException error)
        {
            return await AskAsync(error.Claims ?? claims, call).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the person, where there is one.</summary>
    private Task<AuthenticationResult> AskAsync(string? claims, CallOptions call) => !_options.IsInteractive
        ? throw SignInErrors.Unattended(claims is null ? Messages.NobodyToAsk : Messages.ClaimsDemanded)
        : new PersonalSignIn(Application, _options, _account).AskAsync(claims, call);
}
