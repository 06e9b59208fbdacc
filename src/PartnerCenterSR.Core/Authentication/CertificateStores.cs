using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Certificates of the user, then of the machine.</summary>
internal static class CertificateStores
{
    /// <exception cref="PartnerCenterException">No certificate with a private key has this thumbprint.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        foreach (StoreLocation location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using X509Store store = new(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                // There is no such store: on some systems the machine has none.
                continue;
            }

            X509Certificate2? found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false)
                .Cast<X509Certificate2>().FirstOrDefault(certificate => certificate.HasPrivateKey);
            if (found is not null)
            {
                return found;
            }
        }

        throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.NoCertificate.With(thumbprint));
    }
}
