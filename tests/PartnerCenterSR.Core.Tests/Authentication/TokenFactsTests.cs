using System;
using System.Collections.Generic;
using PartnerCenterSR.Core.Authentication;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>What a token says, and whether the service would take it.</summary>
public sealed class TokenFactsTests
{
    private static readonly Uri Endpoint = new("https://api.example/");
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static TokenFacts Read(Dictionary<string, object?> claims) => TokenFacts.Read(SignInWire.Jwt(claims))!;

    [Fact]
    public void It_says_whose_and_for_what_it_is()
    {
        TokenFacts facts = Read(new() { ["upn"] = "a@b", ["tid"] = "t", ["appid"] = "app", ["scp"] = " one  two ", ["exp"] = Now.ToUnixTimeSeconds(), ["amr"] = new[] { "pwd", "MFA" }, ["aud"] = "x" });
        Assert.Equal(("a@b", "t", "app", Now, true), (facts.SignIn.Account, facts.SignIn.Tenant, facts.SignIn.ApplicationId, facts.SignIn.ExpiresOn, facts.SignIn.Mfa));
        Assert.Equal(["one", "two"], facts.SignIn.Scopes);
        Assert.Equal(["x"], facts.Audiences);
        Assert.False(facts.IsAppOnly);
    }

    [Theory]
    [InlineData("upn")]
    [InlineData("preferred_username")]
    [InlineData("unique_name")]
    [InlineData("email")]
    public void Its_account_has_several_names(string claim) => Assert.Equal("a@b", Read(new() { ["upn"] = string.Empty, [claim] = "a@b" }).SignIn.Account);

    [Fact]
    public void What_it_does_not_say_is_not_known()
    {
        TokenFacts facts = Read([]);
        Assert.Equal((null, null, null, null, null), (facts.SignIn.Account, facts.SignIn.Tenant, facts.SignIn.ApplicationId, facts.SignIn.ExpiresOn, facts.SignIn.Mfa));
        Assert.Empty(facts.SignIn.Scopes);
        Assert.Empty(facts.Audiences);
        Assert.False(facts.IsAppOnly);
        Assert.Equal(("azp", false), (Read(new() { ["azp"] = "azp" }).SignIn.ApplicationId, Read(new() { ["amr"] = "pwd" }).SignIn.Mfa));
        Assert.Equal(["x", "y"], Read(new() { ["aud"] = new object?[] { "x", null, "y" } }).Audiences);
    }

    [Theory]
    [InlineData("-1", false)]
    [InlineData("0", true)]
    [InlineData("253402300799", true)]
    [InlineData("253402300800", false)]
    [InlineData("soon", false)]
    public void An_end_that_is_no_time_is_not_known(string seconds, bool isKnown) => Assert.Equal(isKnown, Read(new() { ["exp"] = seconds }).SignIn.ExpiresOn is not null);

    [Theory]
    [InlineData("idtyp=app;upn=a@b;scp=x", true)]
    [InlineData("idtyp=user;appid=x;upn=a@b", false)]
    [InlineData("appid=x", true)]
    [InlineData("azp=x", true)]
    [InlineData("roles=x", true)]
    [InlineData("appid=x;scp=s", false)]
    [InlineData("appid=x;upn=a@b", false)]
    [InlineData("tid=x", false)]
    public void An_application_alone_is_told_from_one_with_a_user(string claims, bool isAppOnly)
    {
        Dictionary<string, object?> said = [];
        foreach (string claim in claims.Split(';'))
        {
            said[claim.Split('=')[0]] = claim.Split('=')[1];
        }

        Assert.Equal(isAppOnly, Read(said).IsAppOnly);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.e30.c.d")]
    [InlineData("a.!!!.c")]
    [InlineData("a.W10.c")]
    [InlineData("a.e3.c")]
    public void What_is_no_token_says_nothing(string token) => Assert.Null(TokenFacts.Read(token));

    [Fact]
    public void Letters_of_its_alphabet_and_left_out_padding_are_read()
    {
        foreach (string name in new[] { "\u00FF\u00FF\u00FE>>>", "a", "ab", "abc", "???~~~" })
        {
            Assert.Equal(name, Read(new() { ["upn"] = name }).SignIn.Account);
        }
    }

    [Theory]
    [InlineData("https://api.example", null)]
    [InlineData("https://API.example/", null)]
    [InlineData("FA3D9A0C-3fb0-42cc-9193-47c7ecd2edbd", null)]
    [InlineData("https://api.example.evil", ErrorIds.WrongAudience)]
    [InlineData("http://api.example", ErrorIds.WrongAudience)]
    public void It_must_be_for_the_service(string audience, string? errorId)
    {
        TokenFacts facts = Read(new() { ["upn"] = "a", ["aud"] = new[] { "other", audience } });
        PartnerCenterException? refused = Record.Exception(() => TokenRules.Check(facts, Endpoint, null)) as PartnerCenterException;
        Assert.Equal((errorId, errorId is not null), (refused?.ErrorId, refused?.RecommendedAction?.Contains("https://api.example", StringComparison.Ordinal) == true));
        if (errorId is not null)
        {
            Assert.Contains("other, " + audience, refused!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, ErrorIds.TokenExpired)]
    [InlineData(0, ErrorIds.TokenExpired)]
    [InlineData(1, null)]
    public void It_must_not_have_ended(int seconds, string? errorId)
    {
        TokenFacts facts = Read(new() { ["upn"] = "a", ["exp"] = Now.ToUnixTimeSeconds() + seconds });
        Assert.Equal(errorId, (Record.Exception(() => TokenRules.Check(facts, Endpoint, Now)) as PartnerCenterException)?.ErrorId);
        TokenRules.Check(facts, Endpoint, null);
        TokenRules.Check(null, Endpoint, Now);
    }
}
