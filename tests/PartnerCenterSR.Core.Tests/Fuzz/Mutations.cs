using System;
using System.Globalization;
using System.Linq;
using System.Text;
using CsCheck;

namespace PartnerCenterSR.Core.Tests.Fuzz;

/// <summary>What becomes of sound input on its way through broken hands. A failure names its seed, which CsCheck_Seed replays.</summary>
internal static class Mutations
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\r\n", "\n\n", "\u001b[2J", "\u202e", "\ud83d\ude00", "\\ud800", "\0", "=", ";", "&", "?", "#", "//", "..", "%0d%0a", "http://evil.example/", "9999-12-31T23:59:59.9999999+00:00", "0001-01-01T00:00:00-14:00",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0x80],
    ];

    /// <summary>How often each property is tried: some thousands in the suite, more in a soak.</summary>
    public static int Tries { get; } = int.TryParse(Environment.GetEnvironmentVariable("PARTNERCENTERSR_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int tries) ? tries : 3000;

    public static Gen<byte[]> Bytes(params string[] sound) =>
        Gen.Select(Gen.Int[0, sound.Length - 1].Select(index => sound[index]), Gen.Select(Gen.Int[0, 6], Gen.Double[0, 1], Gen.Int[0, 1000], Gen.Byte.Array[0, 8]).Array[0, 5])
            .Select((text, edits) => edits.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, edit) => Apply(bytes, edit.Item1, edit.Item2, edit.Item3, edit.Item4)));

    public static Gen<string> Text(params string[] sound) => Bytes(sound).Select(Encoding.UTF8.GetString);

    private static byte[] Apply(byte[] bytes, int kind, double where, int what, byte[] random)
    {
        int at = (int)(where * bytes.Length);
        int length = Math.Min(what % 20, bytes.Length - at);
        return kind switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], .. Tokens[what % Tokens.Length], .. bytes[at..]],
            2 => [.. bytes[..at], .. random, .. bytes[at..]],
            3 => bytes[..at],
            4 => [.. bytes[..at], .. bytes[at..], .. bytes[at..]],
            5 => [.. bytes[..at], .. Enumerable.Repeat(Tokens[what % Tokens.Length], what % 200).SelectMany(token => token), .. bytes[at..]],
            _ => [.. bytes.Select((value, index) => index == at ? (byte)(value ^ (1 << (what % 8))) : value)],
        };
    }
}
