using System;
using System.IO;
using System.Text;

namespace PartnerCenterSR.Core.Csv;

/// <summary>The encoding of a text that spreadsheets write: by its mark, else UTF-8 if it is valid, else Windows-1252.</summary>
internal static class TextEncoding
{
    private const int Windows1252 = 1252;

    public static Encoding Detect(Stream stream)
    {
        stream.Seek(0, SeekOrigin.Begin);
        byte[] buffer = new byte[65536];
        int count = stream.Read(buffer, 0, buffer.Length);
        Encoding? marked = ByMark(buffer.AsSpan(0, count)) ?? ByZeros(buffer.AsSpan(0, count));
        return marked ?? (IsUtf8(stream, buffer, count) ? new UTF8Encoding(false) : Ansi());
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? new UTF8Encoding(true)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
        : start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode
        : null;

    /// <summary>UTF-16 without a mark: a header in Latin messages has a zero in every second byte.</summary>
    private static Encoding? ByZeros(ReadOnlySpan<byte> start) =>
        start.Length < 4 ? null
        : start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0 ? Encoding.Unicode
        : start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0 ? Encoding.BigEndianUnicode
        : null;

    private static bool IsUtf8(Stream stream, byte[] buffer, int count)
    {
        Decoder decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        char[] chars = new char[buffer.Length + 1];
        try
        {
            for (; count > 0; count = stream.Read(buffer, 0, buffer.Length))
            {
                decoder.GetChars(buffer, 0, count, chars, 0, flush: false);
            }

            decoder.GetChars(buffer, 0, 0, chars, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding Ansi()
    {
#if NET
        return CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!;
#else
        return Encoding.GetEncoding(Windows1252);
#endif
    }
}
