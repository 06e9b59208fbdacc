using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class UpdateValidatorTests
{
    [Theory]
    [InlineData("616122292874576")]
    [InlineData(" 1234567890 ")]
    [InlineData("123456789")]
    [InlineData("1234567890123456")]
    [InlineData("1-1234567890123")]
    [InlineData("09c13775-739b-4cb9-9442-456e17f91452")]
    public void A_possible_id_is_taken(string id) => Assert.Equal(id.Trim(), UpdateValidator.Id(id));

    [Theory]
    [InlineData("6.16122E+14", "MangledId")]
    [InlineData("6,16122E+14", "MangledId")]
    [InlineData("6E+14", "MangledId")]
    [InlineData("6e14", "MangledId")]
    [InlineData("abc", "InvalidId")]
    [InlineData("../customers", "InvalidId")]
    [InlineData("", "InvalidId")]
    [InlineData(null, "InvalidId")]
    [InlineData("12345678901", "InvalidId")]
    [InlineData("12345678901234567", "InvalidId")]
    [InlineData("+b33e682-00c3-41ee-9dd2-a548adf56438", "InvalidId")]
    [InlineData("0xb3e682-00c3-41ee-9dd2-a548adf56438", "InvalidId")]
    public void An_impossible_one_is_not(string? id, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<PartnerCenterException>(() => UpdateValidator.Id(id)).ErrorId);

    [Theory]
    [InlineData("3b33e682-00c3-41ee-9dd2-a548adf56438")]
    [InlineData("{3B33E682-00C3-41EE-9DD2-A548ADF56438}")]
    [InlineData(" 3b33e68200c341ee9dd2a548adf56438 ")]
    public void A_customer_is_one_guid(string text) => Assert.Equal("3b33e682-00c3-41ee-9dd2-a548adf56438", UpdateValidator.CustomerId(text));

    [Theory]
    [InlineData("+b33e682-00c3-41ee-9dd2-a548adf56438")]
    [InlineData("+b33e68200c341ee9dd2a548adf56438")]
    [InlineData("{0x3b33e682,0x00c3,0x41ee,{0x9d,0xd2,0xa5,0x48,0xad,0xf5,0x64,0x38}}")]
    [InlineData("contoso.example")]
    public void What_is_no_customer_is_told(string text) =>
        Assert.Equal("InvalidId", Assert.Throws<PartnerCenterException>(() => UpdateValidator.CustomerId(text)).ErrorId);

    [Theory]
    [InlineData("attention_needed", ServiceRequestStatus.AttentionNeeded)]
    [InlineData(" Attention needed ", ServiceRequestStatus.AttentionNeeded)]
    [InlineData("OPEN", ServiceRequestStatus.Open)]
    [InlineData("closed", ServiceRequestStatus.Closed)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_status_is_taken_as_people_write_it(string? text, ServiceRequestStatus? status) => Assert.Equal(status, UpdateValidator.Status(text));

    [Theory]
    [InlineData("None")]
    [InlineData("Unknown")]
    [InlineData("2")]
    [InlineData("Finito")]
    public void A_status_that_cannot_be_set_is_not(string text) =>
        Assert.Equal("InvalidStatus", Assert.Throws<PartnerCenterException>(() => UpdateValidator.Status(text)).ErrorId);
}
