using System.Linq;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>What is a page, a request, and neither.</summary>
public sealed class ResponseReaderTests
{
    private const string Customer = "b33e682c-1b4e-4b3a-9f0f-111111111111";

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", "2", false)]
    [InlineData("1", "", false)]
    [InlineData(Customer, "2", true)]
    [InlineData(Customer, "", false)]
    public void An_answer_for_another_request_is_none(string asked, string answered, bool isTaken) =>
        Assert.Equal(isTaken, ResponseReader.ServiceRequest(Wire.Json($$"""{"id":"{{answered}}"}"""), asked, null) is not null);

    [Theory]
    [InlineData("[{\"id\":\"1\"},7,{\"id\":\"2\"}]", "1,2")]
    [InlineData("{\"items\":[7,{\"id\":\"1\"}]}", "1")]
    [InlineData("{\"Items\":[],\"totalCount\":\"0\"}", "")]
    [InlineData("\uFEFF{\"items\":[{\"id\":\"1\"}],\"totalCount\":1}", "1")]
    [InlineData("{\"items\":[{\"id\":\"1\"}],\"totalCount\":1,\"links\":{\"next\":null}}", "1")]
    [InlineData("{\"items\":[{\"id\":\"1\"}],\"totalCount\":1,\"links\":7}", "1")]
    public void A_page_is_read_in_each_of_its_forms(string body, string ids) =>
        Assert.Equal(ids, string.Join(",", ResponseReader.Page(Wire.Json(body), null)!.Items.Select(item => item.Id)));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"items\":null}")]
    [InlineData("{\"items\":{}}")]
    [InlineData("{\"items\":[")]
    public void What_is_no_page_is_none(string body) => Assert.Null(ResponseReader.Page(Wire.Json(body), null));

    [Fact]
    public void A_page_that_broke_off_is_none() => Assert.Null(ResponseReader.Page(Wire.Json("[]") with { IsComplete = false }, null));
}
