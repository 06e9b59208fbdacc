using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using PartnerCenterSR.Core.Json;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Json;

/// <summary>Each property of the wire comes to its place.</summary>
public sealed class EveryPropertyTests
{
    private static ServiceRequest Read(string rest) =>
        ResponseReader.ServiceRequest(new(200, Encoding.UTF8.GetBytes($$"""{"id":"1",{{rest}}}""")), "1", null)!;

    [Fact]
    public void Contacts_and_organizations()
    {
        const string Contact = """{"contactId":"c","lastName":"l","firstName":"f","email":"e","phoneNumber":"p","organization":{"id":"o","name":"n","phoneNumber":"q"}}""";
        ServiceRequest request = Read($$"""
            "organization":{"id":"a","name":"b","phoneNumber":"c"},"primaryContact":{{Contact}},"lastUpdatedBy":{{Contact}}
            """);
        Assert.Equal(("a", "b", "c"), (request.Organization!.Id, request.Organization.Name, request.Organization.PhoneNumber));
        foreach (ServiceRequestContact contact in new[] { request.PrimaryContact!, request.LastUpdatedBy! })
        {
            Assert.Equal(("c", "l", "f", "e", "p"), (contact.ContactId, contact.LastName, contact.FirstName, contact.Email, contact.PhoneNumber));
            Assert.Equal(("o", "n", "q"), (contact.Organization!.Id, contact.Organization.Name, contact.Organization.PhoneNumber));
        }
    }

    [Fact]
    public void Notes()
    {
        ServiceRequest request = Read("""
            "newNote":{"text":"own"},"notes":[{"createdByName":"who","createdDate":"2026-01-02T03:04:05Z","text":"said"},7,{}]
            """);
        Assert.Equal(("own", "1"), (request.NewNote!.Text, request.NewNote.ServiceRequestId));
        Assert.Equal(2, request.Notes!.Count);
        Assert.Equal(("1", "who", "said", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToLocalTime()), (request.Notes[0].ServiceRequestId, request.Notes[0].CreatedByName, request.Notes[0].Text, request.Notes[0].CreatedDate));
        Assert.Equal((null, string.Empty, null), (request.Notes[1].CreatedByName, request.Notes[1].Text, request.Notes[1].CreatedDate));
        Assert.Null(Read("\"notes\":null").Notes);
        Assert.Null(Read("\"newNote\":7").NewNote);
    }

    [Theory]
    [InlineData("""{"id":"f","fileNameWithoutExtension":"log","extensionType":".txt","fileSize":12,"location":"u","comment":"c"}""", "log.txt", 12L)]
    [InlineData("""{"id":"f","fileNameWithoutExtension":"log","extensionType":"txt","size":13,"location":"u","comment":"c"}""", "log.txt", 13L)]
    [InlineData("""{"id":"f","fileNameWithoutExtension":"log","extensionType":"","fileSize":12,"size":13,"location":"u","comment":"c"}""", "log", 12L)]
    [InlineData("""{"id":"f","fileNameWithoutExtension":"log","location":"u","comment":"c"}""", "log", null)]
    [InlineData("""{"id":"f","name":"other.zip","size":"14","extensionType":"txt","location":"u","comment":"c"}""", "other.zip", 14L)]
    [InlineData("""{"id":"f","fileSize":"large","location":"u","comment":"c"}""", null, null)]
    public void Files(string json, string? name, long? size)
    {
        ServiceRequestFileLink link = Assert.Single(Read($"\"fileLinks\":[7,{json}]").FileLinks);
        Assert.Equal(("f", name, size, "u", "c"), (link.Id, link.Name, link.Size, link.Location, link.Comment));
    }

    [Theory]
    [InlineData("""{"dateTime":"2026-01-02T03:04:05","timeZone":"Z1"}""", """{"dateTime":"2026-01-03T03:04:05","timeZone":"Z2"}""", "")]
    [InlineData("\"2026-01-02T03:04:05\"", "\"2026-01-03T03:04:05\"", ",\"startTimeZone\":\"Z1\",\"endTimeZone\":\"Z2\"")]
    [InlineData("""{"dateTime":"2026-01-02T03:04:05","timeZone":"Z1"}""", """{"dateTime":"2026-01-03T03:04:05","timeZone":"Z2"}""", ",\"startTimeZone\":\"X1\",\"endTimeZone\":\"X2\"")]
    public void An_appointment(string start, string end, string more)
    {
        ServiceRequestAppointment appointment = Read($$"""
            "appointment":{"serviceRequestId":"1","customerName":"n","customerEmailAddress":"e","customerPhone":"p","notes":"t","start":{{start}},"end":{{end}}{{more}}}
            """).Appointment!;
        Assert.Equal(("1", "n", "e", "p", "t"), (appointment.ServiceRequestId, appointment.CustomerName, appointment.CustomerEmailAddress, appointment.CustomerPhone, appointment.Notes));
        Assert.Equal((new DateTime(2026, 1, 2, 3, 4, 5), "Z1", new DateTime(2026, 1, 3, 3, 4, 5), "Z2"), (appointment.Start, appointment.StartTimeZone, appointment.End, appointment.EndTimeZone));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"start":"0001-01-01T00:00:00","end":"never"}""")]
    [InlineData("""{"start":{"dateTime":"0001-06-01T00:00:00Z"},"end":{}}""")]
    public void An_appointment_without_times(string json)
    {
        ServiceRequestAppointment appointment = Read($"\"appointment\":{json}").Appointment!;
        Assert.Equal((null, null, null), (appointment.Start, appointment.End, appointment.StartTimeZone));
    }

    [Fact]
    public void The_rest()
    {
        ServiceRequest request = Read("""
            "emailCcList":["a",7,null,{}],"creationChannel":"w","additionalInfo":[1,1.5,true,false,null,"x",[2],{"k":"v"}],"attributes":{"b":false},"status":1,"severity":"minimal","x":1,"Y":{"z":[]}
            """);
        Assert.Equal(["a", "7"], request.EmailCcList);
        Assert.Equal("w", request.CreationChannel);
        Assert.Equal([1L, 1.5, true, false, null, "x"], request.AdditionalInfo.Take(6));
        Assert.Equal([2L], Assert.IsType<object[]>(request.AdditionalInfo[6]));
        Assert.Equal(false, request.Attributes["B"]);
        Assert.Equal((true, false), (request.IsStatusNumber, request.IsSeverityNumber));
        Assert.Equal(["x", "Y"], request.AdditionalProperties.Keys.Order(StringComparer.OrdinalIgnoreCase));
        ServiceRequest bare = Read("\"attributes\":7,\"status\":null");
        Assert.Empty(bare.Attributes);
        Assert.Empty(bare.AdditionalProperties);
        Assert.Equal((null, null, null), (bare.IsStatusNumber, bare.IsSeverityNumber, bare.Appointment));
        Assert.Equal(string.Empty, ResponseReader.Page(new(200, "[{}]"u8.ToArray()), null)!.Items[0].Id);
    }

    [Fact]
    public void A_name_with_half_a_pair_is_asked_for_by_nobody()
    {
        using JsonDocument document = JsonDocument.Parse("""{"\ud800":1,"a":"\udc00x","b":7,"c":[1]}""");
        JsonFields fields = new(document.RootElement);
        Assert.Equal(string.Empty, fields.All.First().Key);
        Assert.Equal(("\\udc00x", "7", null, null), (fields.Text("A"), fields.Text("b"), fields.Text("c"), fields.Text("d")));
        Assert.Null(fields.Object("b"));
        Assert.Null(fields.Object("d"));
        Assert.Empty(fields.List("b"));
        Assert.Empty(fields.List("d"));
        Assert.Single(fields.List("c"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        using JsonDocument? document = JsonText.Parse(new byte[] { (byte)'"', 0xFF, (byte)'"' });
        Assert.Equal("\uFFFD", document!.RootElement.GetString());
        Assert.False(JsonText.IsUtf8(new byte[] { 0xFF }));
        Assert.True(JsonText.IsUtf8(Array.Empty<byte>()));
        Assert.Null(JsonText.Parse("{"u8.ToArray()));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z")]
    [InlineData("0001-12-31T00:00:00", null)]
    [InlineData("0002-01-01T00:00:00", "0002-01-01T00:00:00Z")]
    [InlineData("never", null)]
    [InlineData(null, null)]
    public void Dates_are_of_the_whole_world(string? text, string? expected)
    {
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, null), WireDate.Parse(text));
        Assert.Equal(expected is null ? null : TimeSpan.Zero, WireDate.Parse(text)?.Offset);
    }
}
