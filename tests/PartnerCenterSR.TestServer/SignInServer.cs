using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PartnerCenterSR.Testing;

/// <summary>A sign-in service on loopback, by https with a certificate of its own. It checks what it is given.</summary>
internal sealed class SignInServer : IDisposable
{
    private readonly WebApplication _web;
    private int _tokenCalls;
    private readonly SignInServerOptions _options;
    private readonly X509Certificate2 _certificate = Certificates.ForLoopback();
    private readonly ConcurrentDictionary<string, (string Challenge, string Redirect)> _codes = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _accessTokens = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private int _devicePolls;
    private readonly ConcurrentDictionary<string, bool> _withMfa = new();
    private int _issued;
    private bool _isMfaDemanded;

    private SignInServer(SignInServerOptions options)
    {
        _options = options;
        foreach (string token in options.RefreshTokens)
        {
            _refreshTokens[token] = true;
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        _web = builder.Build();
        _web.Run(HandleAsync);
        _web.StartAsync().GetAwaiter().GetResult();
        int port = new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        Authority = new($"https://localhost:{port}");
    }

    public Uri Authority { get; }

    /// <summary>Everything secret that was ever given out.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>The grant types of all token requests that were let through.</summary>
    public ConcurrentQueue<string> Grants { get; } = new();

    public string Pem => _certificate.ExportCertificatePem();

    public static SignInServer Start(SignInServerOptions? options = null) => new(options ?? new());

    /// <summary>Whether a token is one of ours and has not ended.</summary>
    public bool Accepts(string? token) => token is not null && _accessTokens.TryGetValue(token, out DateTimeOffset end) && end > DateTimeOffset.UtcNow;

    /// <summary>Whether a token was gained with MFA.</summary>
    public bool HasMfa(string? token) => token is not null && _withMfa.TryGetValue(token, out bool has) && has;

    public void Dispose() => _web.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (path.EndsWith("/oauth2/v2.0/authorize", StringComparison.Ordinal))
        {
            await AuthorizeAsync(context);
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync();
        if (path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) && Interlocked.Increment(ref _tokenCalls) is var number)
        {
            if (number >= _options.HangsFrom)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            if (number >= _options.PortalFrom && number <= _options.PortalTo)
            {
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Which room are you in?</body></html>");
                return;
            }
        }

        (int status, object body) = path switch
        {
            _ when path.EndsWith("/oauth2/v2.0/devicecode", StringComparison.Ordinal) => (200, Device(form)),
            _ when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) => Token(form, Authority.AbsoluteUri.TrimEnd('/') + path),
            _ => (404, new { error = "not_found" }),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body);
    }

    /// <summary>Sends the browser back where it came from, with a code or an error.</summary>
    private async Task AuthorizeAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string redirect = query["redirect_uri"].ToString();
        _isMfaDemanded = DemandsMfa(query["claims"]);
        if (_options.RefuseBrowser is { } error)
        {
            Return($"error={error}&error_description={Uri.EscapeDataString("<script>alert(1)</script>")}");
            return;
        }

        string code = Secret("code");
        if (query["code_challenge_method"] != "S256" || query["response_type"] != "code" || !new Uri(redirect).IsLoopback)
        {
            context.Response.StatusCode = 400;
            return;
        }

        _codes[code] = (query["code_challenge"].ToString(), redirect);
        Return("code=" + code);

        void Return(string answer) => context.Response.Redirect($"{redirect}?{answer}&state={Uri.EscapeDataString(query["state"].ToString())}");
    }

    private object Device(IFormCollection form)
    {
        string code = Secret("device");
        _isMfaDemanded = DemandsMfa(form["claims"]);
        return Device(code);
    }

    private static bool DemandsMfa(string? claims) => claims?.Contains("\"mfa\"", StringComparison.Ordinal) == true;

    private static object Device(string code) => new
    {
        device_code = code,
        user_code = "F4K9QX2Z",
        verification_uri = "https://microsoft.com/devicelogin",
        expires_in = 60,
        interval = 0,
        message = "unused",
    };

    private (int Status, object Body) Token(IFormCollection form, string endpoint)
    {
        string grant = form["grant_type"].ToString();
        if (_tokenCalls >= _options.FailsFrom && _tokenCalls <= _options.FailsTo)
        {
            return (503, new { error = "temporarily_unavailable", error_description = "AADSTS90033: A transient error has occurred." });
        }

        if (_options.Refuse?.Invoke(grant) is { } refusal)
        {
            return (400, new { error = refusal.Error, error_description = refusal.Description + Echo(form), suberror = refusal.SubError, claims = refusal.Claims });
        }

        if (!ClientChecks.Pass(form, endpoint, _options))
        {
            return (401, new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided." });
        }

        string? error = grant switch
        {
            "authorization_code" => CheckCode(form),
            "refresh_token" => _refreshTokens.TryRemove(form["refresh_token"].ToString(), out _) || !_options.Rotates && Secrets.Concat(_options.RefreshTokens).Contains(form["refresh_token"].ToString()) ? null : "invalid_grant",
            "device_code" or "urn:ietf:params:oauth:grant-type:device_code" => DeviceError(),
            _ => "unsupported_grant_type",
        };
        if (error is not null)
        {
            string code = error == "invalid_grant" ? "AADSTS700082: The refresh token has expired due to inactivity. Trace ID: x" : error;
            return (400, new { error, error_description = code });
        }

        Grants.Enqueue(grant);
        return (200, Issue(form["client_id"].ToString()));
    }

    private string Echo(IFormCollection form) => !_options.Echoes ? string.Empty
        : " You sent " + string.Join("&", form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value.ToString())}")) + " \u001b[2J\u202e";

    private string? CheckCode(IFormCollection form)
    {
        string proof = Tokens.Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return _codes.TryRemove(form["code"].ToString(), out (string Challenge, string Redirect) code) && code.Challenge == proof && code.Redirect == form["redirect_uri"]
            ? null
            : "invalid_request";
    }

    private string? DeviceError()
    {
        int poll = Interlocked.Increment(ref _devicePolls) - 1;
        return poll < _options.DevicePolls.Count ? _options.DevicePolls[poll] : null;
    }

    private object Issue(string client)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        int number = Interlocked.Increment(ref _issued);
        TimeSpan lifetime = _options.Lifetime;
        string account = _options.OtherAccount is { } other && number > _options.OtherAccountAfter ? other : _options.Account;
        bool hasMfa = _options.Mfa || (_isMfaDemanded && _options.MfaOnClaims);
        object claims = new
        {
            aud = _options.Audience,
            exp = now.Add(lifetime).ToUnixTimeSeconds(),
            tid = SignInServerOptions.TenantId,
            upn = account,
            appid = client,
            scp = "user_impersonation",
            amr = hasMfa ? new[] { "pwd", "mfa" } : ["pwd"],
            jti = number,
        };
        string access = Tokens.Jwt(claims);
        _accessTokens[access] = now.Add(lifetime);
        _withMfa[access] = hasMfa;
        string refresh = Secret("refresh");
        _refreshTokens[refresh] = true;
        Secrets.Add(access);
        return new
        {
            token_type = "Bearer",
            scope = _options.Audience.TrimEnd('/') + "/user_impersonation",
            expires_in = (int)Math.Ceiling(lifetime.TotalSeconds),
            access_token = access,
            refresh_token = refresh,
            id_token = Tokens.Jwt(new { aud = client, iss = $"{Authority}{SignInServerOptions.TenantId}/v2.0", oid = "0d", sub = "s", tid = SignInServerOptions.TenantId, preferred_username = account, iat = now.ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() }),
            client_info = Tokens.Base64Url(JsonSerializer.SerializeToUtf8Bytes(new { uid = "0d-" + account, utid = SignInServerOptions.TenantId })),
        };
    }

    private string Secret(string kind)
    {
        string secret = $"{kind}-{Guid.NewGuid():N}";
        Secrets.Add(secret);
        return secret;
    }
}
