using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Certificates of the user.</summary>
public sealed partial class SignInRulesTests
{
    [Fact]
    public void A_certificate_of_the_user_is_found_though_nobody_vouches_for_it_but_not_without_its_key()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=PartnerCenterSR test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 whole = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using X509Certificate2 bare = request.Create(request.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), now.AddDays(-1), now.AddDays(1), [1]);
        using X509Store store = new(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        try
        {
            store.Add(whole);
            store.Add(bare);
            using X509Certificate2 found = CertificateStores.Find(whole.Thumbprint);
            Assert.Equal((whole.Thumbprint, true), (found.Thumbprint, found.HasPrivateKey));
            Assert.Equal(Messages.NoCertificate.With(bare.Thumbprint), Assert.Throws<PartnerCenterException>(() => CertificateStores.Find(bare.Thumbprint)).Message);
        }
        finally
        {
            store.Remove(whole);
            store.Remove(bare);
        }
    }
}
