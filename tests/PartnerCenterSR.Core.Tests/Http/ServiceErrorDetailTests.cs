using System;
using System.Text;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>Details of an error, wherever they stand in its body.</summary>
public sealed class ServiceErrorDetailTests
{
    private static ServiceError Parse(string body) => ServiceError.Parse(Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("""{"code":"1","statusCode":"2","status":"3"}""", "1")]
    [InlineData("""{"statusCode":"2","status":"3"}""", "2")]
    [InlineData("""{"status":3}""", "3")]
    [InlineData("{}", null)]
    public void The_code_is_the_nearest(string body, string? code) => Assert.Equal(code, Parse(body).Code);

    [Theory]
    [InlineData("""{"description":"a","message":"b","detail":"c"}""", "a")]
    [InlineData("""{"message":"b","detail":"c"}""", "b")]
    [InlineData("""{"detail":"c"}""", "c")]
    [InlineData("""{"title":"t"}""", "t")]
    [InlineData("""{"title":"t.","detail":"c"}""", "t. c")]
    [InlineData("""{"title":"It","detail":"It failed."}""", "It failed.")]
    [InlineData("""{"data":["x","y."]}""", "x. y.")]
    [InlineData("""{"description":"a.","data":["x","a"," ","x"]}""", "a. x.")]
    [InlineData("""{"data":[{"message":"m"},{"description":"d"},{"k":1},[1],null,7]}""", "m. d. {\"k\":1}. [1]. 7.")]
    [InlineData("""{"description":"","data":["only"]}""", "")]
    [InlineData("""{"data":["only."]}""", "only")]
    [InlineData("{}", null)]
    [InlineData("""{"data":"no list"}""", null)]
    public void All_words_are_told_once(string body, string? words) => Assert.Equal(words, Parse(body).Message);

    [Theory]
    [InlineData("""{"title":"Validation.","errors":{"$.Status":["not read","at all"],"Severity":"wrong"}}""", "Validation. $.Status: not read, at all. Severity: wrong.", "Status,Severity")]
    [InlineData("""{"errors":{"Title":["long"]}}""", "Title: long", "Title")]
    [InlineData("""{"errors":{"Title":7,"Other":{}}}""", null, "")]
    [InlineData("""{"errors":["x"]}""", null, "")]
    public void What_could_not_be_read_is_named(string body, string? words, string fields)
    {
        ServiceError error = Parse(body);
        Assert.Equal((words, fields), (error.Message, string.Join(",", error.Fields)));
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    public void Long_words_are_told_whole(int length) => Assert.Equal(new string('a', length), Parse("\"" + new string('a', length) + "\"").Message);

    [Fact]
    public void And_longer_ones_are_cut()
    {
        Assert.Equal(new string('a', 1024) + "…", Parse("\"" + new string('a', 1025) + "\"").Message);
        Assert.Equal(new string('a', 1024) + "…", Parse($$"""{"description":"{{new string('a', 1025)}}"}""").Message);
        Assert.EndsWith("…", Parse($$"""{"data":["{{new string('a', 800)}}","{{new string('b', 800)}}"]}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_letter_is_no_reason_to_lose_the_rest() => Assert.Equal(("1", "\\ud800"), (Parse("""{"code":1,"description":"\ud800"}""").Code, Parse("\"\\ud800\"").Message));
}
