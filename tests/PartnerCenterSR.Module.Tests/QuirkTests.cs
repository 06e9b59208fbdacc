using System;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>One case or more for every row of the wire's table of quirks.</summary>
public sealed class QuirkTests
{
    private const string Id = "616122292874576";

    private static Outcome Get(string body, string more = Id)
    {
        using TestServer server = TestServer.Start(new() { Misbehave = _ => Fault.Instead(200, body) });
        using Shell shell = Shell.ConnectedTo(server);
        return shell.Run("Get-PartnerServiceRequest " + more);
    }

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
        Outcome outcome = Get($$"""{"id":"{{Id}}","severity":{{json}}}""").Succeeded();
        Assert.Equal(expected, outcome.Each("Severity").Single());
        Assert.Equal(expected, outcome.Each("SeverityText").Single());
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
        Assert.Equal(expected, Get($$"""{"id":"{{Id}}","status":{{json}}}""").Succeeded().Each("Status").Single());

    [Theory]
    [InlineData("\"in_progress\"", "in_progress")]
    [InlineData("7", "7")]
    public void A_state_nobody_has_seen_is_kept_and_shown(string json, string expected)
    {
        string items = $$"""{"totalCount":2,"items":[{"id":"1","status":{{json}},"severity":{{json}}},{"id":"2","status":"open"}]}""";
        Outcome outcome = Get(items, string.Empty).Succeeded();
        Assert.Equal(["Unknown", "Open"], outcome.Each("Status"));
        Assert.Equal([expected, "Open"], outcome.Each("StatusText"));
        Assert.Equal(expected, outcome.Each("SeverityText")[0]);
    }

    [Fact]
    public void Year_one_means_never()
    {
        Outcome outcome = Get($$"""{"id":"{{Id}}","lastClosedDate":"0001-01-01T00:00:00","createdDate":null}""").Succeeded();
        Assert.Null(outcome.Output.Single().Properties["LastClosedDate"].Value);
        Assert.Null(outcome.Output.Single().Properties["CreatedDate"].Value);
    }

    [Theory]
    [InlineData("2017-01-09T23:31:15.373")]
    [InlineData("2017-01-09T23:31:15.373Z")]
    [InlineData("2017-01-10T00:31:15.373+01:00")]
    public void A_date_without_an_offset_is_utc(string json)
    {
        DateTime date = Get($$"""{"id":"{{Id}}","createdDate":"{{json}}"}""").Succeeded().Value<DateTime>("CreatedDate");
        Assert.Equal(DateTimeKind.Local, date.Kind);
        Assert.Equal(new DateTime(2017, 1, 9, 23, 31, 15, 373, DateTimeKind.Utc), date.ToUniversalTime());
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.Equal(Id, Get("\uFEFF" + $$"""{"id":"{{Id}}"}""").Succeeded().Each("Id").Single());

    [Fact]
    public void Unknown_properties_are_kept_and_missing_ones_borne()
    {
        Outcome outcome = Get($$"""{"ID":"{{Id}}","TITLE":"x","Zone":{"a":[1,"b",null,true]},"supportTopicId":32444671,"notes":null,"organization":null}""").Succeeded();
        Assert.Equal("x", outcome.Each("Title").Single());
        Assert.Equal("32444671", outcome.Each("SupportTopicId").Single());
        using Shell shell = new();
        Outcome zone = shell.Run("$args[0].AdditionalProperties['zone']['a']", outcome.Output.Single());
        Assert.Equal([1L, "b", null, true], zone.Output.Select(item => item?.BaseObject));
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
        PSObject request = Get(Whole).Succeeded().Output.Single();
        foreach (PSPropertyInfo property in request.Properties.Where(property => property.Name is not ("CustomerId" or "AdditionalProperties")))
        {
            Assert.True(property.Value is not null && property.Value is not System.Collections.ICollection { Count: 0 }, property.Name);
        }

        using Shell shell = new();
        Outcome said = shell.Run("$r = $args[0]; $r.PrimaryContact.Email; $r.PrimaryContact.Organization.Id; $r.Notes[0].Text; $r.FileLinks[0]['name']; $r.EmailCcList[0]; $r.Attributes['etag']; \"$($r.Organization)\"; \"$r\"", request);
        Assert.Equal(["e@x", "x", "N", "f", "a@b", "e", "on", "616122292874576: t"], said.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("/servicerequests?size=1&offset=1")]
    [InlineData("servicerequests?size=1&offset=1")]
    [InlineData("/v1/servicerequests?size=1&offset=1")]
    [InlineData("/v1//v1/servicerequests?size=1&offset=1")]
    [InlineData("//servicerequests?size=1&offset=1")]
    [InlineData("?size=1&offset=1")]
    [InlineData("ENDPOINT/v1/servicerequests?size=1&offset=1")]
    public void A_next_link_is_followed_however_it_is_written(string link)
    {
        TestServer? self = null;
        using TestServer server = TestServer.Start(new()
        {
            KeepsCalls = true,
            Misbehave = call => call.Uri.Query.Contains("offset=1", StringComparison.Ordinal)
                ? Fault.Instead(200, """{"totalCount":2,"items":[{"id":"2"}]}""")
                : Fault.Instead(200, """{"totalCount":2,"items":[{"id":"1"}],"links":{"next":{"uri":"LINK","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"abc"},{"key":"Authorization","value":"Bearer stolen"}]}}}"""
                    .Replace("LINK", link, StringComparison.Ordinal).Replace("ENDPOINT/", self!.Endpoint.AbsoluteUri, StringComparison.Ordinal)),
        });
        self = server;
        using Shell shell = Shell.ConnectedTo(server);
        Assert.Equal(["1", "2"], shell.Run("Get-PartnerServiceRequest").Succeeded().Each("Id"));
        EmulatedCall second = server.Calls[1];
        Assert.Equal("/v1/servicerequests", second.Uri.AbsolutePath);
        Assert.Equal("abc", second.Headers["MS-ContinuationToken"]);
        Assert.Equal("Bearer " + server.Token, second.Headers["Authorization"]);
    }

    [Fact]
    public void A_next_link_to_another_origin_is_not_followed()
    {
        using TestServer elsewhere = TestServer.Start(new() { KeepsCalls = true });
        using TestServer server = TestServer.Start(new()
        {
            Misbehave = _ => Fault.Instead(200, """{"totalCount":2,"items":[{"id":"1"}],"links":{"next":{"uri":"LINKv1/servicerequests?offset=1"}}}"""
                .Replace("LINK", elsewhere.Endpoint.AbsoluteUri, StringComparison.Ordinal)),
        });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest");
        outcome.OneError("MalformedResponse");
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public void Without_links_the_offset_counts_what_came_and_a_repeated_page_ends_the_list()
    {
        using TestServer server = TestServer.Start(new()
        {
            KeepsCalls = true,
            Misbehave = call => Fault.Instead(200, call.Uri.Query.Contains("offset=2", StringComparison.Ordinal)
                ? """{"totalCount":9,"items":[{"id":"2"},{"id":"3"}]}"""
                : call.Uri.Query.Contains("offset=4", StringComparison.Ordinal)
                    ? """{"totalCount":9,"items":[{"id":"3"},{"id":"2"}]}"""
                    : """{"totalCount":9,"items":[{"id":"1"},{"id":"2"}]}"""),
        });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest -PageSize 2").Succeeded();
        Assert.Equal(["1", "2", "3"], outcome.Each("Id"));
        Assert.Contains(outcome.Warnings, warning => warning.Contains('9', StringComparison.Ordinal));
        Assert.Equal(["?size=2", "?size=2&offset=2", "?size=2&offset=4"], server.Calls.Select(call => call.Uri.Query));
    }

    [Theory]
    [InlineData("{\"id\":\"6161222928")]
    [InlineData("<html>ok</html>")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void An_unreadable_success_of_an_update_is_never_sent_again(string body)
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = call => call.Method == "PATCH" ? Fault.After(200, body) : null });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Update-PartnerServiceRequest $args[0] -Note once", Id).Succeeded();
        Assert.Equal(Id, outcome.Each("Id").Single());
        Assert.Equal(["PATCH", "GET"], server.Calls.Select(call => call.Method));
        Assert.Equal(1, server.Service.NotesOf(Id).Count(note => note == "once"));
    }

    [Fact]
    public void An_answer_cut_in_the_middle_is_a_success_too()
    {
        using TestServer server = TestServer.Start(new()
        {
            Generation = Generation.Older,
            KeepsCalls = true,
            Misbehave = call => call.Method == "PATCH" ? new Fault(true, FaultEnding.HalfAnAnswer) : null,
        });
        using Shell shell = Shell.ConnectedTo(server);
        shell.Run("Update-PartnerServiceRequest $args[0] -Note once", Id).Succeeded();
        Assert.Equal(["PATCH", "GET"], server.Calls.Select(call => call.Method));
    }
}
