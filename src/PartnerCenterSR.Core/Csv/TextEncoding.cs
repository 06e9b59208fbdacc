using System;
using System.Globalization;
using System.IO;
using System.Text;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>
/// The encoding of a text that spreadsheets write: by its mark; else the one that is named; else UTF-8 if it is valid; else the code
/// page of the user's culture, as a spreadsheet there writes it.
/// </summary>
/// <param name="Encoding">The encoding, which throws at what cannot be in it.</param>
/// <param name="GuessedFrom">The line from which on the culture's code page is but a guess, from 1. Null: it is none.</param>
internal sealed record TextEncoding(Encoding Encoding, long? GuessedFrom = null)
{
    /// <exception cref="PartnerCenterException">Some lines are in UTF-8 and others are not, or cannot be in the code page.</exception>
    public static TextEncoding Detect(Stream stream, string path, Encoding? named)
    {
        byte[] bytes = new byte[65536];
        stream.Seek(0, SeekOrigin.Begin);
        int count = stream.Read(bytes, 0, bytes.Length);
        if ((ByMark(bytes.AsSpan(0, count)) ?? named ?? ByZeros(bytes.AsSpan(0, count))) is { } told)
        {
            return new(told);
        }

        (long? firstUtf8, long? firstOther) = Lines(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        if (firstOther is not { } other)
        {
            return new(new UTF8Encoding(false));
        }

        if (firstUtf8 is { } utf8)
        {
            throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvEncodingMixed.With(path, Math.Max(other, utf8)));
        }

        Encoding page = CodePages.Get(CultureInfo.CurrentCulture.TextInfo.ANSICodePage) ?? CodePages.Get(CodePages.WesternEuropean)!;
        (_, long? impossible) = Lines(stream, page);
        return impossible is { } line ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvEncodingImpossible.With(path, line, page.WebName)) : new(page, other);
    }

    /// <summary>The line in which the encoding ends, from 1: readers read ahead, and cannot say. Slow; for an error.</summary>
    public long FirstImpossibleLine(Stream stream)
    {
        stream.Seek(0, SeekOrigin.Begin);
        Decoder decoder = Encoding.GetDecoder();
        byte[] one = new byte[1];
        char[] chars = new char[4];
        long line = 1;
        try
        {
            while (stream.Read(one, 0, 1) > 0)
            {
                line += decoder.GetChars(one, 0, 1, chars, 0) > 0 && chars[0] == '\n' ? 1 : 0;
            }
        }
        catch (DecoderFallbackException)
        {
            return line;
        }

        // What is cut at the end is of the last line.
        return line;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? new UTF8Encoding(true)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? Encoding.UTF32
        : start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) ? new UTF32Encoding(bigEndian: true, byteOrderMark: true)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
        : start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode
        : null;

    /// <summary>UTF-16 without a mark: a header in Latin messages has a zero in every second byte.</summary>
    private static Encoding? ByZeros(ReadOnlySpan<byte> start) =>
        start.Length < 4 ? null
        : start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0 ? Encoding.Unicode
        : start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0 ? Encoding.BigEndianUnicode
        : null;

    /// <returns>The first line beyond ASCII that is in the encoding, and the first that is not.</returns>
    private static (long? Good, long? Bad) Lines(Stream stream, Encoding strict)
    {
        stream.Seek(0, SeekOrigin.Begin);
        long? good = null;
        long? bad = null;
        using MemoryStream line = new();
        long number = 1;
        bool isAscii = true;
        byte[] buffer = new byte[65536];
        for (int count = stream.Read(buffer, 0, buffer.Length); ; count = stream.Read(buffer, 0, buffer.Length))
        {
            for (int i = 0; i < Math.Max(count, 1); i++)
            {
                if (count == 0 || buffer[i] == (byte)'\n')
                {
                    bool isGood = isAscii || Is(line, strict);
                    good ??= isGood && !isAscii ? number : null;
                    bad ??= isGood ? null : number;
                    number++;
                    isAscii = true;
                    line.SetLength(0);
                }
                else
                {
                    isAscii &= buffer[i] < 0x80;
                    line.WriteByte(buffer[i]);
                }
            }

            if (count == 0)
            {
                return (good, bad);
            }
        }
    }

    private static bool Is(MemoryStream line, Encoding strict)
    {
        try
        {
            _ = strict.GetCharCount(line.GetBuffer(), 0, (int)line.Length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
