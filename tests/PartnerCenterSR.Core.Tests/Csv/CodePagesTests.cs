using System.Text;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>Encodings by the names that Import-Csv has, by others that people know, and by numbers.</summary>
public sealed class CodePagesTests
{
    [Theory]
    [InlineData("utf8", "utf-8")]
    [InlineData(" UTF-8 ", "utf-8")]
    [InlineData("utf8BOM", "utf-8")]
    [InlineData("utf8NoBOM", "utf-8")]
    [InlineData("Default", "utf-8")]
    [InlineData("Unicode", "utf-16")]
    [InlineData("utf-16", "utf-16")]
    [InlineData("UTF16", "utf-16")]
    [InlineData("BigEndianUnicode", "utf-16BE")]
    [InlineData("utf32", "utf-32")]
    [InlineData("ascii", "us-ascii")]
    [InlineData("1252", "windows-1252")]
    [InlineData("932", "shift_jis")]
    [InlineData("windows-1250", "windows-1250")]
    [InlineData("iso-8859-15", "iso-8859-15")]
    [InlineData("utf-7x", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("99999", null)]
    [InlineData("nonsense", null)]
    [InlineData("", null)]
    public void A_name_is_an_encoding(string name, string? expected) => Assert.Equal(expected, CodePages.Get(name)?.WebName);

    [Theory]
    [InlineData("utf8", new byte[] { 0xFF })]
    [InlineData("unicode", new byte[] { 0x00, 0xD8, 0x41, 0x00 })]
    [InlineData("bigendianunicode", new byte[] { 0xD8, 0x00, 0x00, 0x41 })]
    [InlineData("utf32", new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData("ascii", new byte[] { 0x80 })]
    [InlineData("932", new byte[] { 0x81 })]
    [InlineData("shift_jis", new byte[] { 0x81 })]
    public void What_cannot_be_in_it_throws(string name, byte[] bytes) => Assert.Throws<DecoderFallbackException>(() => CodePages.Get(name)!.GetString(bytes));

    [Theory]
    [InlineData("unicode", "é", new byte[] { 0xE9, 0x00 })]
    [InlineData("bigendianunicode", "é", new byte[] { 0x00, 0xE9 })]
    [InlineData("utf32", "é", new byte[] { 0xE9, 0, 0, 0 })]
    [InlineData("1252", "é", new byte[] { 0xE9 })]
    public void Bytes_have_their_order(string name, string text, byte[] bytes) => Assert.Equal(text, CodePages.Get(name)!.GetString(bytes));

    [Theory]
    [InlineData("ansi", "ru-RU", 1251)]
    [InlineData("oem", "ru-RU", 866)]
    [InlineData("ansi", "de-DE", 1252)]
    [InlineData("oem", "de-DE", 850)]
    [InlineData("ansi", "hi-IN", 1252)]
    public void The_machines_own_are_the_cultures(string name, string culture, int expected)
    {
        using Culture _ = new(culture);
        Assert.Equal(expected, CodePages.Get(name)?.CodePage);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(12345)]
    public void A_number_that_is_no_code_page_is_none(int number) => Assert.Null(CodePages.Get(number));
}
