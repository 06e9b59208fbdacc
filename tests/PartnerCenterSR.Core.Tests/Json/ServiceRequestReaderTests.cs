using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text;
using System;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Json;

/// <summary>One case or more for every row of the wire's table of quirks.</summary>
public sealed class ServiceRequestReaderTests
{
    private const string Id = "616122292874576";

    private static ServiceRequest Read(string body) => ResponseReader.ServiceRequest(new ApiResponse(200, Encoding.UTF8.GetBytes(body)), Id, null)!;

    [Theory]
    [InlineData("\"critical\"", "Critical")]
    [InlineData("\"CRITICAL\"", "Critical")]
    [InlineData("1", "Critical")]
    [InlineData("2", "Moderate")]
    [InlineData("\"3\"", "Minimal")]
    [InlineData("0", "Unknown")]
    [InlineData("\"unknown\"", "Unknown")]
    [InlineData("null", "Unknown")]
    public void Severity_is_read_as_word_or_number(string json, string expected)
    {
        ServiceRequest request = Read($$"""{"id":"{{Id}}","severity":{{json}}}""");
        Assert.Equal((expected, expected), (request.Severity.ToString(), request.SeverityText));
    }

    [Theory]
    [InlineData("\"open\"", "Open")]
    [InlineData("1", "Open")]
    [InlineData("2", "Closed")]
    [InlineData("3", "AttentionNeeded")]
    [InlineData("\"attention_needed\"", "AttentionNeeded")]
    [InlineData("\"AttentionNeeded\"", "AttentionNeeded")]
    [InlineData("\"none\"", "None")]
    [InlineData("0", "None")]
    public void Status_is_read_as_word_or_number(string json, string expected) =>
        Assert.Equal(expected, Read($$"""{"id":"{{Id}}","status":{{json}}}""").Status.ToString());

    [Theory]
    [InlineData("\"in_progress\"", "in_progress")]
    [InlineData("7", "7")]
    public void A_state_nobody_has_seen_is_kept(string json, string expected)
    {
        ServiceRequest request = Read($$"""{"id":"616122292874576","status":{{json}},"severity":{{json}}}""");
        Assert.Equal((ServiceRequestStatus.Unknown, expected, expected), (request.Status, request.StatusText, request.SeverityText));
    }

    [Fact]
    public void Year_one_means_never()
    {
        ServiceRequest request = Read($$"""{"id":"{{Id}}","lastClosedDate":"0001-01-01T00:00:00","createdDate":null}""");
        Assert.Null(request.LastClosedDate);
        Assert.Null(request.CreatedDate);
    }

    [Theory]
    [InlineData("2017-01-09T23:31:15.373")]
    [InlineData("2017-01-09T23:31:15.373Z")]
    [InlineData("2017-01-10T00:31:15.373+01:00")]
    public void A_date_without_an_offset_is_utc(string json)
    {
        DateTime date = Read($$"""{"id":"{{Id}}","createdDate":"{{json}}"}""").CreatedDate!.Value;
        Assert.Equal(DateTimeKind.Local, date.Kind);
        Assert.Equal(new DateTime(2017, 1, 9, 23, 31, 15, 373, DateTimeKind.Utc), date.ToUniversalTime());
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal(Id, Read("\uFEFF" + $$"""{"id":"{{Id}}"}""").Id);

    [Fact]
    public void Unknown_properties_are_kept_and_missing_ones_borne()
    {
        ServiceRequest request = Read($$"""{"ID":"{{Id}}","TITLE":"x","Zone":{"a":[1,"b",null,true]},"supportTopicId":32444671,"notes":null,"organization":null}""");
        Assert.Equal(("x", "32444671"), (request.Title, request.SupportTopicId));
        System.Collections.Generic.IReadOnlyDictionary<string, object?> zone = (System.Collections.Generic.IReadOnlyDictionary<string, object?>)request.AdditionalProperties["zone"]!;
        Assert.Equal([1L, "b", null, true], (object?[])zone["a"]!);
    }

    [Fact]
    public void Every_property_of_the_wire_is_there()
    {
        const string Whole = """
            {"id":"616122292874576","title":"t","description":"d","severity":"critical","supportTopicId":"1","supportTopicName":"n",
             "supportTopicDescription":"sd","status":"open","organization":{"id":"o","name":"on","phoneNumber":"1"},
             "primaryContact":{"organization":{"id":"x"},"contactId":"c","lastName":"L","firstName":"F","email":"e@x","phoneNumber":"2"},
             "lastUpdatedBy":{"firstName":"U"},"productId":"p","productName":"pn","createdDate":"2016-12-22T20:31:17.24Z",
             "lastModifiedDate":"2017-01-09T23:31:15.373Z","lastClosedDate":"2017-01-10T23:31:15.373Z",
             "newNote":{"text":"nn"},"notes":[{"createdByName":"A","createdDate":"2017-01-09T23:31:15.373","text":"N"}],"countryCode":"US",
             "fileLinks":[{"name":"f"}],"emailCcList":["a@b"],"creationChannel":"web","additionalInfo":[{"k":"v"}],
             "appointment":{"at":"x"},"attributes":{"objectType":"ServiceRequest","etag":"e"}}
            """;
        ServiceRequest request = Read(Whole);
        foreach (PropertyInfo property in typeof(ServiceRequest).GetProperties().Where(property => property.Name is not ("CustomerId" or "AdditionalProperties")))
        {
            Assert.True(property.GetValue(request) is { } value and not ICollection { Count: 0 }, property.Name);
        }

        Assert.Empty(request.AdditionalProperties);
        Assert.Equal(("e@x", "x", "N", "a@b", "e"), (request.PrimaryContact!.Email, request.PrimaryContact.Organization!.Id, request.Notes![0].Text, request.EmailCcList[0], request.Attributes["etag"]));
        Assert.Equal(("on", "616122292874576: t"), (request.Organization!.ToString(), request.ToString()));
    }

    [Theory]
    [InlineData("{\"id\":\"6161222928")]
    [InlineData("<html>ok</html>")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("")]
    public void What_is_no_request_is_none(string body) =>
        Assert.Null(ResponseReader.ServiceRequest(new ApiResponse(200, Encoding.UTF8.GetBytes(body)), Id, null));
}
