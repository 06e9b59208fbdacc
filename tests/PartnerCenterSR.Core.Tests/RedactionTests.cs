using System;
using System.Net;
using System.Text;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public class RedactionTests
{
    private const string Secret = "M.R3_BAY.-Cf7!ze*u/q+0Z=Kp9~a&b%c d\"e<f>";

    [Theory]
    [InlineData("plain")]
    [InlineData("url")]
    [InlineData("form")]
    [InlineData("base64")]
    [InlineData("base64, one byte before")]
    [InlineData("base64, two bytes before")]
    [InlineData("base64url")]
    public void No_piece_of_sixteen_characters_is_left(string look)
    {
        string shown = look switch
        {
            "url" => Uri.EscapeDataString(Secret),
            "form" => WebUtility.UrlEncode(Secret),
            "base64" => Base64(Secret),
            "base64, one byte before" => Base64("x" + Secret + "rest"),
            "base64, two bytes before" => Base64("xy" + Secret + "rest"),
            "base64url" => Base64(Secret).Replace('+', '-').Replace('/', '_'),
            _ => Secret,
        };
        string clean = new Redaction([Secret]).Clean($"before {shown} between {shown[3..^3]} after");
        for (int at = 4; at + 16 <= shown.Length - 4; at++)
        {
            Assert.DoesNotContain(shown.Substring(at, 16), clean, StringComparison.Ordinal);
        }

        Assert.StartsWith("before ", clean, StringComparison.Ordinal);
        Assert.EndsWith(" after", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_secrets_go_whole_and_the_shortest_garble_nothing()
    {
        Assert.Equal("*** is abc", new Redaction(["pass", "a", null, string.Empty]).Clean("pass is abc"));
        Assert.Equal("nothing here", new Redaction([]).Clean("nothing here"));
    }

    [Fact]
    public void Less_than_sixteen_characters_of_a_long_secret_are_no_secret() =>
        Assert.Equal(Secret[..15], new Redaction([Secret]).Clean(Secret[..15]));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
