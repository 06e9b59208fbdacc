using System;
using System.Net.Http.Headers;
using System.Text;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>What a 401 demands of the next token.</summary>
public sealed class ClaimsChallengeTests
{
    private const string Claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

    [Fact]
    public void Claims_are_read_from_the_challenge()
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims)).TrimEnd('=');
        Assert.Equal(Claims, ClaimsChallenge.Read([new AuthenticationHeaderValue("Bearer", $"realm=\"\", error=\"insufficient_claims\", claims=\"{encoded}\"")]));
    }

    [Theory]
    [InlineData("realm=\"\"")]
    [InlineData("claims=\"%%%\"")]
    [InlineData(null)]
    [InlineData("claims=\"{%%\"")]
    public void What_is_no_claim_is_none(string? parameter) =>
        Assert.Null(ClaimsChallenge.Read([new AuthenticationHeaderValue("Bearer", parameter)]));

    [Theory]
    [InlineData("claims", "{ }")]
    [InlineData("claims", "{}")]
    [InlineData("claims", "{  }")]
    [InlineData("Claims", "{}")]
    public void Claims_are_read_without_their_padding_and_in_whatever_case(string name, string claims)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal(claims, ClaimsChallenge.Read([new AuthenticationHeaderValue("Bearer", $"realm=\"\", {name}=\"{encoded}\"")]));
    }

    [Fact]
    public void Claims_may_be_json_as_it_is() =>
        Assert.Equal(ClaimsChallenge.Mfa, ClaimsChallenge.Read([new AuthenticationHeaderValue("Bearer", $"realm=\"\", claims=\"{ClaimsChallenge.Mfa.Replace("\"", "\\\"", StringComparison.Ordinal)}\", error=\"x\"")]));
}
