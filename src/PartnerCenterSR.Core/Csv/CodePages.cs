using System;
using System.Globalization;
using System.Text;

namespace PartnerCenterSR.Core.Csv;

/// <summary>Encodings by their names and numbers, as Import-Csv has them.</summary>
internal static class CodePages
{
    public const int WesternEuropean = 1252;

    /// <returns>An encoding that throws at what cannot be in it. Null: there is no such code page.</returns>
    public static Encoding? Get(int number)
    {
        try
        {
#if NET
            return number <= 0 ? null : CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#else
            return number <= 0 ? null : Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#endif
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <returns>Null: there is no such encoding.</returns>
    public static Encoding? Get(string name) => name.Trim().ToUpperInvariant() switch
    {
        "UTF8" or "UTF-8" or "UTF8BOM" or "UTF8NOBOM" or "DEFAULT" => new UTF8Encoding(false, throwOnInvalidBytes: true),
        "UNICODE" or "UTF-16" or "UTF16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        "BIGENDIANUNICODE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        "UTF32" => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        "ASCII" => Get(20127),
        "ANSI" => Get(CultureInfo.CurrentCulture.TextInfo.ANSICodePage) ?? Get(WesternEuropean),
        "OEM" => Get(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
        { } other when int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => Get(number),
        _ => Named(name.Trim()),
    };

    private static Encoding? Named(string name)
    {
        try
        {
#if NET
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#else
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
#endif
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
