using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>Secrets in the clear, for the moment in which they are sent.</summary>
internal static class Secrets
{
    private const string Scheme = "Bearer ";

    /// <param name="secret">A SecureString, or text. Null: none was given.</param>
    /// <param name="parameter">The parameter that it came by.</param>
    /// <exception cref="PartnerCenterException">It is empty, or neither.</exception>
    public static string? Reveal(object? secret, string parameter)
    {
        string? text = (secret is PSObject wrapped ? wrapped.BaseObject : secret) switch
        {
            null => null,
            string plain => plain,
            SecureString secure => new NetworkCredential(string.Empty, secure).Password,
            _ => throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NeedsText.With(parameter)) { RecommendedAction = Messages.EmptySecretAction },
        };
        return text?.Trim() is { Length: 0 }
            ? throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.EmptySecret.With(parameter)) { RecommendedAction = Messages.EmptySecretAction }
            : text;
    }

    /// <summary>A token as people paste it: with the scheme before it, in quotation marks, on a line of its own.</summary>
    public static string Token(string pasted)
    {
        string token = pasted.Trim().Trim('"', '\'');
        return token.StartsWith(Scheme, System.StringComparison.OrdinalIgnoreCase) ? token.Substring(Scheme.Length).Trim() : token;
    }

    /// <summary>A thumbprint as people paste it: with colons, blanks, and the mark that the certificate dialog puts before it.</summary>
    public static string Thumbprint(string pasted) => new([.. pasted.Where(System.Uri.IsHexDigit)]);
}
