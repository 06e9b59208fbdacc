using System.Net;
using System.Security;

namespace PartnerCenterSR.Session;

/// <summary>Secrets in the clear, for the moment in which they are sent.</summary>
internal static class Secrets
{
    public static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
