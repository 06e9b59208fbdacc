using System;
using System.Text.Json;

namespace PartnerCenterSR.Testing;

/// <summary>Tokens that say something, signed by nobody.</summary>
internal static class Tokens
{
    public static string Jwt(object claims) =>
        $"{Base64Url("{\"alg\":\"none\"}"u8.ToArray())}.{Base64Url(JsonSerializer.SerializeToUtf8Bytes(claims))}.{Base64Url(Guid.NewGuid().ToByteArray())}";

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
