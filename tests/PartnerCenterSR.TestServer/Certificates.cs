using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PartnerCenterSR.Testing;

/// <summary>Certificates that sign themselves.</summary>
internal static class Certificates
{
    private static readonly Lazy<X509Certificate2> Loopback = new(() => Create("CN=localhost", request =>
    {
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
    }));

    /// <summary>One for all servers of the process: keys are slow to make.</summary>
    public static X509Certificate2 ForLoopback() => Loopback.Value;

    public static X509Certificate2 ForApplication() => Create("CN=application", _ => { });

    private static X509Certificate2 Create(string name, Action<CertificateRequest> extend)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        extend(request);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

        // Written out and read again, so that the private key is one that every platform can use.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
