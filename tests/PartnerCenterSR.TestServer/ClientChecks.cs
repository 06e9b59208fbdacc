using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PartnerCenterSR.Testing;

/// <summary>Whether an application is who it says: by its secret, or by an assertion whose signature is checked for real.</summary>
internal static class ClientChecks
{
    public static bool Pass(IFormCollection form, string endpoint, SignInServerOptions options) =>
        (options.ClientSecret is null || form["client_secret"] == options.ClientSecret)
        && (options.ClientCertificate is null || HasProof(form, endpoint, options.ClientCertificate))
        && (options.FederatedSubject is null || IsFederated(form, options.FederatedSubject));

    /// <summary>An assertion of another issuer, as a federated credential allows it: its claims count.</summary>
    private static bool IsFederated(IFormCollection form, string subject)
    {
        string[] parts = form["client_assertion"].ToString().Split('.');
        if (parts.Length != 3 || form["client_assertion_type"] != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        {
            return false;
        }

        using JsonDocument claims = JsonDocument.Parse(Decode(parts[1]));
        return claims.RootElement.GetProperty("sub").GetString() == subject
            && claims.RootElement.GetProperty("iss").GetString() == "https://token.actions.githubusercontent.com"
            && claims.RootElement.GetProperty("aud").GetString() == "api://AzureADTokenExchange"
            && claims.RootElement.GetProperty("exp").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private static bool HasProof(IFormCollection form, string endpoint, X509Certificate2 certificate)
    {
        string[] parts = form["client_assertion"].ToString().Split('.');
        if (parts.Length != 3 || form["client_assertion_type"] != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        {
            return false;
        }

        using JsonDocument header = JsonDocument.Parse(Decode(parts[0]));
        using JsonDocument claims = JsonDocument.Parse(Decode(parts[1]));
        RSASignaturePadding padding = header.RootElement.GetProperty("alg").GetString() == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        using RSA key = certificate.GetRSAPublicKey()!;
        string client = form["client_id"].ToString();
        return key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Decode(parts[2]), HashAlgorithmName.SHA256, padding)
            && claims.RootElement.GetProperty("iss").GetString() == client
            && claims.RootElement.GetProperty("sub").GetString() == client
            && claims.RootElement.GetProperty("aud").GetString() == endpoint
            && long.Parse(claims.RootElement.GetProperty("exp").ToString(), System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private static byte[] Decode(string part)
    {
        string base64 = part.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
