using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What a token says of itself. It is read, not verified: that is the service's to do.</summary>
internal sealed record TokenFacts
{
    private static readonly long LatestSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    private static readonly string[] NameClaims = ["upn", "preferred_username", "unique_name", "email"];

    public SignInFacts SignIn { get; private init; } = SignInFacts.None;

    /// <summary>For whom it is. Empty: it does not say.</summary>
    public IReadOnlyList<string> Audiences { get; private init; } = [];

    /// <summary>Whether it stands for an application alone, without a user.</summary>
    public bool IsAppOnly { get; private init; }

    /// <returns>Null: the token is no JWT.</returns>
    public static TokenFacts? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using JsonDocument payload = JsonDocument.Parse(Decode(parts[1]));
            return payload.RootElement.ValueKind == JsonValueKind.Object ? Read(new JsonFields(payload.RootElement)) : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    private static TokenFacts Read(JsonFields claims)
    {
        string? account = NameClaims.Select(name => claims.Text(name)).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        string? application = claims.Text("appid") ?? claims.Text("azp");
        string? scopes = claims.Text("scp");
        IReadOnlyList<string> methods = List(claims, "amr");
        return new()
        {
            SignIn = new()
            {
                Account = account,
                Tenant = claims.Text("tid"),
                ApplicationId = application,
                Scopes = scopes?.Split([' '], StringSplitOptions.RemoveEmptyEntries) ?? [],
                ExpiresOn = long.TryParse(claims.Text("exp"), out long seconds) && seconds >= 0 && seconds <= LatestSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
                Mfa = methods.Count == 0 ? null : methods.Contains("mfa", StringComparer.OrdinalIgnoreCase),
            },
            Audiences = List(claims, "aud"),
            IsAppOnly = string.Equals(claims.Text("idtyp"), "app", StringComparison.OrdinalIgnoreCase)
                || (scopes is null && account is null && (application is not null || claims.TryGet("roles", out _))),
        };
    }

    private static IReadOnlyList<string> List(JsonFields claims, string name) =>
        !claims.TryGet(name, out JsonElement value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.AsText()).OfType<string>()]
        : value.AsText() is { } single ? [single] : [];

    private static string Decode(string part)
    {
        string base64 = part.Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
    }
}
