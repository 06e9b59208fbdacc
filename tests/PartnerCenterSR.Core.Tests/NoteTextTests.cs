using Xunit;

namespace PartnerCenterSR.Core.Tests;

/// <summary>What a service, a spreadsheet or a terminal makes of a text is the same text; another text is not.</summary>
public sealed class NoteTextTests
{
    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\tb", "a   b")]
    [InlineData(" a ", "a")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("\"q\"", "&quot;q&#34;")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData(" a", "a")]
    [InlineData("a ", "a")]
    [InlineData("\u0419", "\u0418\u0306")]
    public void One_text_in_two_forms(string one, string other) => Assert.Equal(NoteText.Hash(one), NoteText.Hash(other));

    // Half a character does not survive as a test's argument.
    [Fact]
    public void Half_a_character_and_its_replacement() => Assert.Equal(NoteText.Hash("x" + '\uD83D' + "y"), NoteText.Hash("x\uFFFDy"));

    // Neither does what is no character at all, which the system does not normalize.
    [Fact]
    public void What_is_no_character_is_a_text_like_others()
    {
        string odd = "caf\u00e9 " + '\uFFFE';
        Assert.True(NoteText.IsSame(odd, " caf\u00e9  &#xFFFE;"));
        Assert.NotEqual(NoteText.Hash(odd), NoteText.Hash("caf\u00e9"));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "A")]
    [InlineData("ab", "a b")]
    [InlineData("a long note", "a long")]
    [InlineData("1", "1.")]
    public void Two_texts(string one, string other) => Assert.NotEqual(NoteText.Hash(one), NoteText.Hash(other));
}
