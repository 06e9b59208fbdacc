using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>The application that signs in, as MSAL builds it: public, or confidential where it can prove itself.</summary>
internal sealed class MsalApplication
{
    private static readonly string[] MicrosoftHosts =
        ["login.microsoftonline.com", "login.microsoftonline.us", "login.microsoftonline.de", "login.chinacloudapi.cn", "login.partner.microsoftonline.cn"];

    private const string CacheSection = "RefreshToken";

    private readonly IPublicClientApplication? _public;
    private readonly IConfidentialClientApplication? _confidential;

    /// <param name="options">How to sign in.</param>
    /// <param name="http">How MSAL reaches the sign-in service. Null: in its own way.</param>
    public MsalApplication(SignInOptions options, IMsalHttpClientFactory? http)
    {
        bool isMicrosofts = MicrosoftHosts.Contains(options.Authority.Host, StringComparer.OrdinalIgnoreCase);
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
        Base.UserTokenCache.SetAfterAccess(access =>
        {
            if (access.HasStateChanged)
            {
                RefreshToken = ReadRefreshToken(access.TokenCache.SerializeMsalV3()) ?? RefreshToken;
            }
        });
    }

    /// <summary>The newest refresh token. Null: none has come.</summary>
    public string? RefreshToken { get; private set; }

    public IPublicClientApplication Public => _public!;

    public IClientApplicationBase Base => _public ?? (IClientApplicationBase)_confidential!;

    public AbstractAcquireTokenParameterBuilder<AcquireTokenByRefreshTokenParameterBuilder> ByRefreshToken(string[] scopes, string refreshToken) =>
        ((IByRefreshToken)Base).AcquireTokenByRefreshToken(scopes, refreshToken);

    /// <summary>Watches the cache that is kept on this machine, too.</summary>
    public async Task<bool> KeepAsync() => await KeptTokens.RegisterAsync(Base.UserTokenCache).ConfigureAwait(false);

    private static string? ReadRefreshToken(byte[] cache)
    {
        using JsonDocument document = JsonDocument.Parse(cache);
        return document.RootElement.TryGetProperty(CacheSection, out JsonElement tokens)
            ? tokens.EnumerateObject().Select(token => token.Value.GetProperty("secret").GetString()).LastOrDefault()
            : null;
    }
}
