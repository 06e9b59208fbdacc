using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Tests.Http;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>A sign-in service without a network: what is asked is kept, and each grant brings the next token.</summary>
internal sealed class SignInWire : IMsalHttpClientFactory, IDisposable
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    /// <summary>One of its own: MSAL remembers for a minute, in the whole process, which one failed.</summary>
    public Uri Authority { get; } = new($"https://login-{Guid.NewGuid():N}.example");

    private readonly HttpClient _client;
    private int _issued;

    public SignInWire() => _client = new(new AnsweringHandler(AnswerAsync));

    /// <summary>The fields of each request for a token.</summary>
    public List<Dictionary<string, string>> Asked { get; } = [];

    public List<Uri> Addresses { get; } = [];

    /// <summary>What becomes of a request for a token, by its number from 1. Null: a token.</summary>
    public Func<int, (HttpStatusCode Status, string Body)?> Answer { get; set; } = _ => null;

    public string Account { get; set; } = "a@contoso.example";

    /// <summary>More that a token says, or other things.</summary>
    public Dictionary<string, object?> Claims { get; } = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public HttpClient GetHttpClient() => _client;

    public void Dispose() => _client.Dispose();

    public static string Jwt(object claims) => $"{Base64Url("{}"u8.ToArray())}.{Base64Url(JsonSerializer.SerializeToUtf8Bytes(claims))}.c2ln";

    public static (HttpStatusCode Status, string Body) Refusal(string error, string description, string? claims = null) =>
        (HttpStatusCode.BadRequest, JsonSerializer.Serialize(new { error, error_description = description, claims }));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        Addresses.Add(request.RequestUri!);
        string form = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync();
        bool isDevice = request.RequestUri!.AbsolutePath.EndsWith("/devicecode", StringComparison.Ordinal);
        Asked.Add(form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => field[0], field => WebUtility.UrlDecode(field[1])));
        (HttpStatusCode status, string body) = isDevice
            ? (HttpStatusCode.OK, JsonSerializer.Serialize(new { device_code = "d", user_code = "F4K9", verification_uri = "https://login.example/device", expires_in = 60, interval = 0, message = "unused" }))
            : Answer(Asked.Count) ?? (HttpStatusCode.OK, Token());
        return new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    private string Token()
    {
        int number = ++_issued;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Dictionary<string, object?> claims = new()
        {
            ["aud"] = "https://api.example",
            ["exp"] = now.Add(Lifetime).ToUnixTimeSeconds(),
            ["tid"] = Tenant,
            ["upn"] = Account,
            ["scp"] = "user_impersonation",
            ["jti"] = number,
        };
        foreach (KeyValuePair<string, object?> claim in Claims)
        {
            claims[claim.Key] = claim.Value;
        }

        return JsonSerializer.Serialize(new
        {
            token_type = "Bearer",
            scope = "https://api.example/user_impersonation",
            expires_in = (int)Lifetime.TotalSeconds,
            access_token = Jwt(claims),
            refresh_token = "refresh" + number,
            id_token = Jwt(new { aud = "app", iss = $"{Authority}{Tenant}/v2.0", oid = "o", sub = "s", tid = Tenant, preferred_username = Account, iat = now.ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() }),
            client_info = Base64Url(JsonSerializer.SerializeToUtf8Bytes(new { uid = "o-" + Account, utid = Tenant })),
        });
    }
}
