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

    private readonly IPublicClientApplication? _public;
    private readonly IConfidentialClientApplication? _confidential;
    private byte[]? _cache;

    /// <param name="options">How to sign in.</param>
    /// <param name="http">How MSAL reaches the sign-in service. Null: in its own way.</param>
    public MsalApplication(SignInOptions options, IMsalHttpClientFactory? http)
    {
        bool isMicrosofts = Clouds.HasAuthority(options.Authority.Host);
        string authority = $"{options.Authority.GetLeftPart(UriPartial.Authority)}/{options.Tenant ?? "organizations"}";
        if (options.ApplicationSecret is null && options.Certificate is null)
        {
            PublicClientApplicationBuilder builder = PublicClientApplicationBuilder.Create(options.ApplicationId)
                .WithAuthority(authority, validateAuthority: isMicrosofts)
                .WithInstanceDiscovery(isMicrosofts)
                .WithRedirectUri("http://localhost")
                .WithClientName("PartnerCenterSR");
            _public = (http is null ? builder : builder.WithHttpClientFactory(http)).Build();
        }
        else
        {
            ConfidentialClientApplicationBuilder builder = ConfidentialClientApplicationBuilder.Create(options.ApplicationId)
                .WithAuthority(authority, validateAuthority: isMicrosofts)
                .WithInstanceDiscovery(isMicrosofts)
                .WithClientName("PartnerCenterSR");
            builder = options.Certificate is { } certificate ? builder.WithCertificate(certificate) : builder.WithClientSecret(options.ApplicationSecret);
            _confidential = (http is null ? builder : builder.WithHttpClientFactory(http)).Build();
        }

        // MSAL keeps the newest refresh token to itself; its cache, written out, has it.
        Base.UserTokenCache.SetAfterAccess(access => _cache = access.TokenCache.SerializeMsalV3());
    }

    public IPublicClientApplication Public => _public!;

    public IClientApplicationBase Base => _public ?? (IClientApplicationBase)_confidential!;

    public AbstractAcquireTokenParameterBuilder<AcquireTokenByRefreshTokenParameterBuilder> ByRefreshToken(string[] scopes, string refreshToken) =>
        ((IByRefreshToken)Base).AcquireTokenByRefreshToken(scopes, refreshToken);

    /// <summary>Uses the cache that is kept on this machine.</summary>
    /// <returns>False: this machine has no safe store.</returns>
    public async Task<bool> KeepAsync()
    {
        if (await TokenCache.OpenAsync().ConfigureAwait(false) is not { } kept)
        {
            return false;
        }

        Base.UserTokenCache.SetBeforeAccess(access => access.TokenCache.DeserializeMsalV3(kept.Load()));
        Base.UserTokenCache.SetAfterAccess(access =>
        {
            _cache = access.TokenCache.SerializeMsalV3();
            if (access.HasStateChanged)
            {
                kept.Save(_cache);
            }
        });
        return true;
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

    private static bool Is(JsonElement token, string property, string value) =>
        token.TryGetProperty(property, out JsonElement found) && string.Equals(found.GetString(), value, StringComparison.OrdinalIgnoreCase);
}
