using System;
using System.Security.Cryptography;
using System.Text;

namespace PartnerCenterSR.Core;

/// <summary>A short name for a text, the same in every process.</summary>
internal static class StableHash
{
    public static Guid Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NET
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#endif
        Array.Resize(ref hash, 16);
        return new(hash);
    }
}
