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
    public void What_is_no_claim_is_none(string? parameter) =>
        Assert.Null(ClaimsChallenge.Read([new AuthenticationHeaderValue("Bearer", parameter)]));
}
