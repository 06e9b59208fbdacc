using System;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>The encoding of a file, told by its bytes.</summary>
public sealed class TextEncodingTests
{
    private static TextEncoding Detect(byte[] bytes, string? named = null)
    {
        using MemoryStream stream = new(bytes);
        stream.Seek(0, SeekOrigin.End);
        using Culture _ = new("de-DE");
        return TextEncoding.Detect(stream, "file.csv", named is null ? null : CodePages.Get(named));
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x41 }, "utf-8", 3)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41, 0x00 }, "utf-16", 2)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x41 }, "utf-16BE", 2)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0 }, "utf-32", 4)]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF, 0, 0, 0, 0x41 }, "utf-32BE", 4)]
    public void A_mark_tells_it_whatever_is_named(byte[] bytes, string expected, int preamble)
    {
        Assert.Equal((expected, null), (Detect(bytes, "1252").Encoding.WebName, Detect(bytes).GuessedFrom));
        Assert.Equal(preamble, Detect(bytes).Encoding.GetPreamble().Length);
    }

    [Theory]
    [InlineData(new byte[] { 0x49, 0, 0x64, 0 }, "utf-16")]
    [InlineData(new byte[] { 0, 0x49, 0, 0x64 }, "utf-16BE")]
    [InlineData(new byte[] { 0, 0x49, 0, 0 }, "utf-8")]
    [InlineData(new byte[] { 0x49, 0, 0, 0 }, "utf-8")]
    [InlineData(new byte[] { 0x49, 0, 0x64, 0x64 }, "utf-8")]
    [InlineData(new byte[] { 0x49, 0x64, 0x64, 0 }, "utf-8")]
    [InlineData(new byte[] { 0, 0, 0, 0x64 }, "utf-8")]
    [InlineData(new byte[] { 0, 0x49, 0x64, 0x64 }, "utf-8")]
    [InlineData(new byte[] { 0x49, 0x64, 0, 0x64 }, "utf-8")]
    [InlineData(new byte[] { 0x49, 0, 0x64 }, "utf-8")]
    [InlineData(new byte[0], "utf-8")]
    public void Zeros_tell_it_where_there_is_no_mark(byte[] bytes, string expected) => Assert.Equal(expected, Detect(bytes).Encoding.WebName);

    [Fact]
    public void What_is_named_goes_before_what_zeros_tell() => Assert.Equal("windows-1252", Detect([0x49, 0, 0x64, 0], "1252").Encoding.WebName);

    [Fact]
    public void Utf8_that_is_valid_is_no_guess_and_has_no_mark()
    {
        TextEncoding utf8 = Detect(Encoding.UTF8.GetBytes("Id\né\n😀\n"));
        Assert.Equal(("utf-8", null, 0), (utf8.Encoding.WebName, utf8.GuessedFrom, utf8.Encoding.GetPreamble().Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public void Else_it_is_the_cultures_from_the_first_such_line_on(int asciiLines)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'\n', asciiLines), (byte)'a', 0xE9, (byte)'\n', (byte)'b', (byte)'\n', 0xE8];
        TextEncoding told = Detect(bytes);
        Assert.Equal(("windows-1252", asciiLines + 1L), (told.Encoding.WebName, told.GuessedFrom));
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, 0x80 })]
    [InlineData(new byte[] { 0x80 })]
    public void The_first_byte_beyond_ascii_is_one(byte[] bytes) => Assert.Equal(1, Detect(bytes).GuessedFrom);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_in_two_encodings_are_refused_by_the_later_line(bool isUtf8First)
    {
        byte[] utf8 = [0xC3, 0xA9, (byte)'\n'];
        byte[] other = [0xE9, (byte)'\n'];
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Detect([(byte)'\n', .. isUtf8First ? utf8 : other, (byte)'a', (byte)'\n', .. isUtf8First ? other : utf8]));
        Assert.Contains("Line 4 of 'file.csv'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_code_page_does_not_have_is_refused()
    {
        using MemoryStream stream = new([(byte)'a', (byte)'\n', 0x81]);
        using Culture _ = new("ja-JP");
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => TextEncoding.Detect(stream, "file.csv", null));
        Assert.Contains("Line 2 of 'file.csv' cannot be shift_jis", error.Message, StringComparison.Ordinal);
    }
}
