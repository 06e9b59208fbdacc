using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Core;

/// <summary>
/// Takes secrets out of texts: whole, or any piece of 16 characters or more, plain, URL-encoded or in base64. Short secrets only whole;
/// those of less than four characters stay, for every text has them.
/// </summary>
internal sealed class Redaction
{
    private const int Piece = 16;
    private const int Shortest = 4;
    private const string Mark = "***";

    // Where a name and a password stand in an address, as of a proxy, and what a sign-in is sent with, whoever repeats it.
    private static readonly Regex UserInfo = new(@"(?<=[a-z]://)[^/\s@]+(?=@)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Credential = new(
        @"(?<=\b(client_assertion|assertion|client_secret|refresh_token|access_token|id_token|code|code_verifier|device_code|password)=)[^&\s""']+|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*",
        RegexOptions.CultureInvariant);

    private readonly HashSet<string> _pieces = new(StringComparer.Ordinal);
    private readonly List<string> _whole = [];

    public Redaction(IEnumerable<string?> secrets)
    {
        foreach (string form in secrets.OfType<string>().Where(secret => secret.Length >= Shortest).SelectMany(Forms).Where(form => form.Length >= Shortest).Distinct(StringComparer.Ordinal))
        {
            if (form.Length < Piece)
            {
                _whole.Add(form);
            }

            for (int at = 0; at + Piece <= form.Length; at++)
            {
                _pieces.Add(form.Substring(at, Piece));
            }
        }
    }

    /// <summary>The same of what is a secret by where it stands.</summary>
    public static string CleanAddresses(string text) => UserInfo.Replace(text, Mark);

    /// <summary>The same of what a sign-in service repeats of what it was sent.</summary>
    public static string CleanCredentials(string text) => Credential.Replace(CleanAddresses(text), Mark);

    public string Clean(string text)
    {
        foreach (string whole in _whole)
        {
            text = text.Replace(whole, Mark);
        }

        StringBuilder? clean = null;
        int copied = 0;
        for (int at = 0; at + Piece <= text.Length && _pieces.Count > 0; at++)
        {
            if (!_pieces.Contains(text.Substring(at, Piece)))
            {
                continue;
            }

            int end = at + Piece;
            while (end < text.Length && _pieces.Contains(text.Substring(end - Piece + 1, Piece)))
            {
                end++;
            }

            (clean ??= new()).Append(text, copied, at - copied).Append(Mark);
            copied = end;
            at = end - 1;
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return System.Net.WebUtility.UrlEncode(secret);

        // In base64 a secret has three looks, by how many bytes stand before it; the ends, which its neighbours share, are left out.
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        for (int before = 0; before < 3; before++)
        {
            string base64 = Convert.ToBase64String([.. new byte[before], .. bytes]);
            string own = base64.Substring(before == 0 ? 0 : 4, Math.Max(0, base64.Length - (before == 0 ? 4 : 8)));
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }
}
