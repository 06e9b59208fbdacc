using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Identity.Client.Extensions.Msal;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>The encrypted cache of the user (DPAPI, Keychain, libsecret). Never plain text: where there is no safe store, there is none.</summary>
internal sealed class TokenCache : ITokenStore
{
    private const string FileName = "tokens.cache";
    private static readonly string Folder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "PartnerCenterSR");

    /// <summary>Whether an earlier session kept something.</summary>
    public static bool Exists => File.Exists(Path.Combine(Folder, FileName));

    private readonly MsalCacheHelper _helper;

    private TokenCache(MsalCacheHelper helper) => _helper = helper;

    /// <returns>Null: this machine has no safe store.</returns>
    public static async Task<ITokenStore?> OpenAsync()
    {
        try
        {
            MsalCacheHelper helper = await MsalCacheHelper.CreateAsync(
                new StorageCreationPropertiesBuilder(FileName, Folder)
                    .WithMacKeyChain("PartnerCenterSR", "tokens")
                    .WithLinuxKeyring("org.partnercentersr.tokens", MsalCacheHelper.LinuxKeyRingDefaultCollection, "PartnerCenterSR tokens", new("module", "PartnerCenterSR"), new("version", "1"))
                    .Build()).ConfigureAwait(false);
            helper.VerifyPersistence();
            return new TokenCache(helper);
        }
        catch (Exception error) when (error is MsalCachePersistenceException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public byte[] Load() => _helper.LoadUnencryptedTokenCache();

    public void Save(byte[] cache) => _helper.SaveUnencryptedTokenCache(cache);

    public IDisposable Lock()
    {
        Directory.CreateDirectory(Folder);
        return new CrossPlatLock(Path.Combine(Folder, FileName + ".renewal"));
    }

    public void Remove() => File.Delete(Path.Combine(Folder, FileName));
}
