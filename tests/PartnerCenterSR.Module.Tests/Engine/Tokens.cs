using System;
using System.Text;
using System.Text.Json;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>Tokens that say what a test wants them to. Their signature is worth nothing.</summary>
internal static class Tokens
{
    public static string Jwt(object claims) => $"{Part(new { alg = "none", typ = "JWT" })}.{Part(claims)}.c2lnbmF0dXJl";

    public static object UserClaims(string audience, DateTimeOffset? expires = null, string[]? methods = null) => new
    {
        aud = audience,
        exp = (expires ?? DateTimeOffset.UtcNow.AddHours(1)).ToUnixTimeSeconds(),
        tid = "11111111-2222-3333-4444-555555555555",
        upn = "admin@contoso.example",
        appid = "66666666-7777-8888-9999-000000000000",
        scp = "user_impersonation",
        amr = methods ?? ["pwd", "mfa"],
    };

    private static string Part(object value) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
