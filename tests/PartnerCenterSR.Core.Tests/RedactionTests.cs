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

    [Theory]
    [InlineData("is 0123456789abcdef", "is ***")]
    [InlineData("0123456789abcdef0123456789abcdef", "******")]
    public void A_secret_of_sixteen_goes_at_the_end_and_beside_another(string text, string clean) =>
        Assert.Equal(clean, new Redaction(["0123456789abcdef"]).Clean(text));

    [Fact]
    public void A_longer_one_goes_to_its_last_character() =>
        Assert.Equal("a *** b", new Redaction(["0123456789abcdefghijk"]).Clean("a 0123456789abcdefghijk b"));

    [Theory]
    [InlineData("grant_type=refresh_token&client_assertion=aa.bb.cc&refresh_token=dd&code=ee&code_verifier=ff", "grant_type=refresh_token&client_assertion=***&refresh_token=***&code=***&code_verifier=***")]
    [InlineData("it was 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x-y_z' then", "it was '***' then")]
    [InlineData("see https://a:b@host/x?y=1 and mailto:c@d", "see https://***@host/x?y=1 and mailto:c@d")]
    [InlineData("error code 7, barcode=8", "error code 7, barcode=8")]
    public void What_a_sign_in_is_sent_with_goes_by_where_it_stands(string text, string clean) => Assert.Equal(clean, Redaction.CleanCredentials(text));

    [Fact]
    public void In_base64_all_goes_but_what_neighbours_share()
    {
        const string Signs = "k>9?Zq~>?w2>x?>y?~";
        const string Other = "Pa55word~of>seven";
        string shown = Base64(Signs);
        Assert.Equal("***" + shown[^4..], new Redaction([Signs]).Clean(shown));
        string url = shown.Replace('+', '-').Replace('/', '_');
        Assert.NotEqual(shown, url);
        Assert.Equal("***" + url[^4..], new Redaction([Signs]).Clean(url));
        string amid = Base64("x" + Other + "yzz");
        Assert.Equal(amid[..4] + "***" + amid[20..], new Redaction([Other]).Clean(amid));
    }
}
