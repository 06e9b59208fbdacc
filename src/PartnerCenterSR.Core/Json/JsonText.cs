using System;
using System.Text;
using System.Text.Json;

namespace PartnerCenterSR.Core.Json;

/// <summary>Reads JSON from bytes, of which some may be no UTF-8: the reader would take them, and throw when they are asked for.</summary>
internal static class JsonText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null: it is no JSON.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(IsUtf8(bytes) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.ToArray())));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsUtf8(ReadOnlyMemory<byte> bytes)
    {
        try
        {
#if NET
            _ = Strict.GetCharCount(bytes.Span);
#else
            _ = Strict.GetCharCount(bytes.ToArray());
#endif
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
