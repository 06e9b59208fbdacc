using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Core.Http;

/// <summary>What a 401 demands of the next token (conditional access, MFA step-up).</summary>
internal static class ClaimsChallenge
{
    /// <summary>What a client has to demand by itself: the service requires MFA, and sends no challenge.</summary>
    public const string Mfa = """{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}""";

    private static readonly Regex Claims = new("\\bclaims=\"((?:[^\"\\\\]|\\\\.)+)\"", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <returns>The claims as JSON. Null: none are demanded.</returns>
    public static string? Read(IEnumerable<AuthenticationHeaderValue> challenges)
    {
        string? encoded = challenges
            .Select(challenge => Claims.Match(challenge.Parameter ?? string.Empty))
            .FirstOrDefault(match => match.Success)?.Groups[1].Value;
        if (encoded is null)
        {
            return null;
        }

        try
        {
            string padded = encoded.Replace('-', '+').Replace('_', '/');
            return Encoding.UTF8.GetString(Convert.FromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            // Some services send the JSON as it is, with its quotation marks escaped.
            string plain = Regex.Replace(encoded, @"\\(.)", "$1");
            return plain.StartsWith("{", StringComparison.Ordinal) && plain.EndsWith("}", StringComparison.Ordinal) ? plain : null;
        }
    }
}
