using System;
using System.Linq;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public class SafeTextTests
{
    [Theory]
    [InlineData("plain text, Ünïcode, 日本語, 😀", "plain text, Ünïcode, 日本語, 😀")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("\u001b]0;title\u0007", "\\u001b]0;title\\u0007")]
    [InlineData("a\u009bb", "a\\u009bb")]
    [InlineData("a\rb\nc\td", "a\\u000db\\u000ac\\u0009d")]
    [InlineData("a\u202eb\u2066c\u200fd\u200be", "a\\u202eb\\u2066c\\u200fd\\u200be")]
    [InlineData("a\u2028b\u2029c\ufeffd", "a\\u2028b\\u2029c\\ufeffd")]
    [InlineData("\udb40\udc41", "\\udb40\\udc41")]
    [InlineData(null, "")]
    public void What_steers_a_terminal_is_written_out(string? text, string shown) => Assert.Equal(shown, SafeText.Line(text));

    [Fact]
    public void Half_a_pair_is_written_out() => Assert.Equal("half \\ud83d", SafeText.Line("half \ud83d"));

    [Fact]
    public void Lines_keep_their_ends_and_tabs() => Assert.Equal("a\r\n\tb\\u001b", SafeText.Lines("a\r\n\tb\u001b"));

    [Fact]
    public void A_line_is_cut_but_never_within_a_pair()
    {
        string shown = SafeText.Line(string.Concat(Enumerable.Repeat("x", 1023)) + "😀😀");
        Assert.Equal(1024, shown.Length);
        Assert.EndsWith("x…", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_character_of_the_plane_gets_through_that_a_terminal_obeys()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            Assert.DoesNotContain(SafeText.Line(((char)c).ToString()), shown => char.IsControl(shown) || char.IsSurrogate(shown)
                || char.GetUnicodeCategory(shown) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
        }
    }
}
