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
    private int _issued;

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
        (int status, object body) = path switch
        {
            _ when path.EndsWith("/oauth2/v2.0/devicecode", StringComparison.Ordinal) => (200, Device()),
            _ when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) => Token(form, Authority.AbsoluteUri.TrimEnd('/') + path),
            _ => (404, new { error = "not_found" }),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body);
    }

    /// <summary>Answers with a page that a browser would post at once to the redirect address; here the server posts it itself.</summary>
    private async Task AuthorizeAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string redirect = query["redirect_uri"].ToString();
        if (query["response_mode"] != "form_post")
        {
            context.Response.StatusCode = 400;
            return;
        }

        using System.Net.Http.HttpClient browser = new();
        if (_options.RefuseBrowser is { } error)
        {
            await PostAsync(new() { ["error"] = error, ["error_description"] = "No" });
            return;
        }

        string code = Secret("code");
        if (query["code_challenge_method"] != "S256" || query["response_type"] != "code" || !new Uri(redirect).IsLoopback)
        {
            context.Response.StatusCode = 400;
            return;
        }

        _codes[code] = (query["code_challenge"].ToString(), redirect);
        await PostAsync(new() { ["code"] = code });

        async Task PostAsync(System.Collections.Generic.Dictionary<string, string> fields)
        {
            fields["state"] = query["state"].ToString();
            using System.Net.Http.FormUrlEncodedContent content = new(fields);
            using System.Net.Http.HttpResponseMessage answer = await browser.PostAsync(new Uri(redirect), content);
        }
    }

    private object Device() => new
    {
        device_code = Secret("device"),
        user_code = "F4K9QX2Z",
        verification_uri = "https://microsoft.com/devicelogin",
        expires_in = 60,
        interval = 0,
        message = "unused",
    };

    private (int Status, object Body) Token(IFormCollection form, string endpoint)
    {
        string grant = form["grant_type"].ToString();
        if (System.Threading.Interlocked.Increment(ref _tokenCalls) is var number && number >= _options.FailsFrom && number <= _options.FailsTo)
        {
            return (503, new { error = "temporarily_unavailable", error_description = "AADSTS90033: A transient error has occurred." });
        }

        if (_options.Refuse?.Invoke(grant) is { } refusal)
        {
            return (400, new { error = refusal.Error, error_description = refusal.Description, suberror = refusal.SubError, claims = refusal.Claims });
        }

        if (!ClientChecks.Pass(form, endpoint, _options))
        {
            return (401, new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided." });
        }

        string? error = grant switch
        {
            "authorization_code" => CheckCode(form),
            "refresh_token" => _refreshTokens.TryRemove(form["refresh_token"].ToString(), out _) || !_options.Rotates && Secrets.Contains(form["refresh_token"].ToString()) ? null : "invalid_grant",
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

    private string? CheckCode(IFormCollection form)
    {
        string proof = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
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
        object claims = new
        {
            aud = _options.Audience,
            exp = now.Add(lifetime).ToUnixTimeSeconds(),
            tid = SignInServerOptions.TenantId,
            upn = _options.Account,
            appid = client,
            scp = "user_impersonation",
            amr = _options.Mfa ? new[] { "pwd", "mfa" } : ["pwd"],
            jti = number,
        };
        string access = Jwt(claims);
        _accessTokens[access] = now.Add(lifetime);
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
            id_token = Jwt(new { aud = client, iss = $"{Authority}{SignInServerOptions.TenantId}/v2.0", oid = "0d", sub = "s", tid = SignInServerOptions.TenantId, preferred_username = _options.Account, iat = now.ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() }),
            client_info = Base64Url(JsonSerializer.SerializeToUtf8Bytes(new { uid = "0d-" + _options.Account, utid = SignInServerOptions.TenantId })),
        };
    }

    private string Secret(string kind)
    {
        string secret = $"{kind}-{Guid.NewGuid():N}";
        Secrets.Add(secret);
        return secret;
    }

    private static string Jwt(object claims) =>
        $"{Base64Url("{\"alg\":\"none\"}"u8.ToArray())}.{Base64Url(JsonSerializer.SerializeToUtf8Bytes(claims))}.{Base64Url(Guid.NewGuid().ToByteArray())}";

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
