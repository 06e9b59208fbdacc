using System;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

public sealed class NextLinkTests
{
    [Theory]
    [InlineData("https://a.example", "/servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "/v1/servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "/v1//v1/servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "//servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "https://A.example:443/v1/servicerequests?x=1", "https://a.example/v1/servicerequests?x=1")]
    [InlineData("https://a.example/root", "/root/v1/servicerequests?x=1", "https://a.example/root/v1/servicerequests?x=1")]
    [InlineData("https://a.example/root/", "/root/v1/servicerequests?x=1", "https://a.example/root/v1/servicerequests?x=1")]
    [InlineData("https://a.example/v", "/v1/servicerequests?x=1", "https://a.example/v/v1/servicerequests?x=1")]
    [InlineData("https://a.example", "/v1x/servicerequests?x=1", "https://a.example/v1/v1x/servicerequests?x=1")]
    public void It_is_followed_however_it_is_written(string endpoint, string link, string expected) =>
        Assert.Equal(expected, NextLink.Resolve(new(endpoint), new(endpoint + "/v1/servicerequests"), link).AbsoluteUri);

    [Theory]
    [InlineData("https://b.example/v1/servicerequests")]
    [InlineData("http://a.example/v1/servicerequests")]
    [InlineData("https://a.example:444/v1/servicerequests")]
    public void It_is_not_followed_to_another_origin(string link) => Assert.Equal(
        "MalformedResponse",
        Assert.Throws<PartnerCenterException>(() => NextLink.Resolve(new("https://a.example"), new("https://a.example/v1/servicerequests"), link)).ErrorId);

    [Theory]
    [InlineData("https://a.example/x", "https://a.example/x?offset=7")]
    [InlineData("https://a.example/x?size=2&offset=3&a=b", "https://a.example/x?size=2&a=b&offset=7")]
    public void An_offset_takes_the_place_of_the_one_before(string current, string expected) =>
        Assert.Equal(expected, NextLink.WithOffset(new Uri(current), 7).AbsoluteUri);

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void One_that_is_longer_than_any_address_is_none(int length, bool isFollowed)
    {
        string link = "/v1/servicerequests?x=".PadRight(length, 'a');
        Uri Resolve() => NextLink.Resolve(new("https://a.example"), new("https://a.example/v1/servicerequests"), link);
        if (isFollowed)
        {
            Assert.Equal("https://a.example" + link, Resolve().AbsoluteUri);
            return;
        }

        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Resolve());
        Assert.Equal(("MalformedResponse", true), (error.ErrorId, error.InnerException is UriFormatException));
    }
}
