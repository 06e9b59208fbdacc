using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>The application that signs in, as MSAL builds it: public, or confidential where it can prove itself.</summary>
internal sealed class MsalApplication
{
    private const string CacheSection = "RefreshToken";
    private static readonly Uri AnyPort = new("http://localhost");

    private readonly SignInOptions _options;
    private readonly IMsalHttpClientFactory _http;
    private readonly bool _isMicrosofts;
    private ITokenStore? _store;
    private byte[]? _cache;
    private bool _isEnded;

    /// <param name="options">How to sign in.</param>
    /// <param name="http">How MSAL reaches the sign-in service.</param>
    /// <param name="assert">Gives an assertion, which is the application's proof, when one is needed. Null: it proves itself otherwise, or not.</param>
    public MsalApplication(SignInOptions options, IMsalHttpClientFactory http, Func<AssertionRequestOptions, Task<string>>? assert)
    {
        (_options, _http, _isMicrosofts) = (options, http, Clouds.HasAuthority(options.Authority.Host));
        Base = options.ApplicationSecret is null && options.Certificate is null && assert is null ? Public(AnyPort) : Confidential(assert);
        Share(Base.UserTokenCache);
    }

    public IClientApplicationBase Base { get; }

    private string Authority => $"{_options.Authority.GetLeftPart(UriPartial.Authority)}/{_options.Tenant ?? "organizations"}";

    /// <summary>The same application, to which a person's browser comes back at an address.</summary>
    public IPublicClientApplication For(Uri redirect)
    {
        IPublicClientApplication application = Public(redirect);
        Share(application.UserTokenCache);
        return application;
    }

    public AbstractAcquireTokenParameterBuilder<AcquireTokenByRefreshTokenParameterBuilder> ByRefreshToken(string[] scopes, string refreshToken) =>
        ((IByRefreshToken)Base).AcquireTokenByRefreshToken(scopes, refreshToken);

    /// <summary>Shares what is kept on this machine.</summary>
    public void Keep(ITokenStore store) => _store = store;

    /// <summary>Forgets all it holds in memory, and keeps nothing any more.</summary>
    public void End() => (_isEnded, _store, _cache) = (true, null, null);

    /// <summary>Whether no account is left in what it shares, of any sign-in service.</summary>
    public bool IsEmpty
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(_cache ?? "{}"u8.ToArray());
            return !document.RootElement.TryGetProperty("Account", out JsonElement accounts) || !accounts.EnumerateObject().Any();
        }
    }

    /// <summary>The newest refresh token of an account. Null: none has come.</summary>
    public string? RefreshTokenOf(IAccount? account)
    {
        if (_cache is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(_cache);
        return document.RootElement.TryGetProperty(CacheSection, out JsonElement tokens)
            ? tokens.EnumerateObject().Select(token => token.Value)
                .Where(token => Is(token, "client_id", Base.AppConfig.ClientId))
                .Where(token => account is null || Is(token, "home_account_id", account.HomeAccountId.Identifier))
                .Select(token => token.GetProperty("secret").GetString()).LastOrDefault()
            : null;
    }

    private IPublicClientApplication Public(Uri redirect) => PublicClientApplicationBuilder.Create(_options.ApplicationId)
        .WithAuthority(Authority, validateAuthority: _isMicrosofts)
        .WithInstanceDiscovery(_isMicrosofts)
        .WithRedirectUri(redirect.OriginalString)
        .WithClientName("PartnerCenterSR")
        .WithHttpClientFactory(_http, retryOnceOn5xx: false)
        .Build();

    private IConfidentialClientApplication Confidential(Func<AssertionRequestOptions, Task<string>>? assert)
    {
        ConfidentialClientApplicationBuilder builder = ConfidentialClientApplicationBuilder.Create(_options.ApplicationId)
            .WithAuthority(Authority, validateAuthority: _isMicrosofts)
            .WithInstanceDiscovery(_isMicrosofts)
            .WithClientName("PartnerCenterSR")
            .WithHttpClientFactory(_http, retryOnceOn5xx: false);
        return (assert is not null ? builder.WithClientAssertion(assert)
            : _options.Certificate is { } certificate ? builder.WithCertificate(certificate)
            : builder.WithClientSecret(_options.ApplicationSecret)).Build();
    }

    // MSAL keeps the newest refresh token to itself; its cache, written out, has it.
    private void Share(ITokenCache cache)
    {
        cache.SetBeforeAccess(access =>
        {
            if ((_store?.Load() ?? _cache) is { } kept)
            {
                access.TokenCache.DeserializeMsalV3(kept, shouldClearExistingCache: true);
            }
        });
        cache.SetAfterAccess(access =>
        {
            if (_isEnded)
            {
                return;
            }

            _cache = access.TokenCache.SerializeMsalV3();
            if (access.HasStateChanged)
            {
                _store?.Save(_cache);
            }
        });
    }

    private static bool Is(JsonElement token, string property, string value) =>
        token.TryGetProperty(property, out JsonElement found) && string.Equals(found.GetString(), value, StringComparison.OrdinalIgnoreCase);
}
