using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>What a list asks for, and what it gives.</summary>
public sealed class ServiceRequestListTests
{
    private const string LinkHeaders = """[{"key":"MS-ContinuationToken","value":"t"},{"key":"","value":"x"},{"key":"y"},7]""";

    private static string Page(int? total, string? next, params int[] ids)
    {
        string items = string.Join(",", ids.Select(id => $$"""{"id":"{{id.ToString(CultureInfo.InvariantCulture)}}"}"""));
        string count = total is { } number ? ",\"totalCount\":" + number.ToString(CultureInfo.InvariantCulture) : string.Empty;
        string link = next is null ? string.Empty : ",\"links\":{\"next\":{\"uri\":\"" + next + "\",\"headers\":" + LinkHeaders + "}}";
        return "{\"items\":[" + items + "]" + count + link + "}";
    }

    private static async Task<string[]> AllAsync(Wire wire, ServiceRequestList list)
    {
        List<string> ids = [];
        while (await list.NextPageAsync() is { } page)
        {
            ids.AddRange(page.Select(request => request.Id));
            Assert.True(wire.Asked.Count < 50);
        }

        return [.. ids];
    }

    private static ServiceRequestList List(Wire wire, ServiceRequestQuery query) => new(wire.Session().Client, Wire.Endpoint, query, wire.Options);

    [Fact]
    public async Task All_are_asked_for_without_a_query()
    {
        Wire wire = new(_ => Wire.Json(Page(2, null, 1, 2)));
        ServiceRequestList list = List(wire, new());
        Assert.True(list.IsEmpty);
        Assert.Null(list.TotalCount);
        Assert.Equal(["1", "2"], await AllAsync(wire, list));
        Assert.Equal(["GET /v1/servicerequests"], wire.Paths);
        Assert.Equal((false, 2), (list.IsEmpty, list.TotalCount));
        Assert.Empty(wire.Heard.Warnings);
    }

    [Fact]
    public async Task Each_state_is_asked_for_once_in_both_forms_of_a_filter()
    {
        Wire wire = new(request => Wire.Json(request.Uri.Query.Contains("Value=Open", StringComparison.Ordinal) ? Page(2, null, 1, 2) : Page(3, null, 2, 3, 4)));
        ServiceRequestList list = List(wire, new() { CustomerId = "a b", PageSize = 5, Statuses = [ServiceRequestStatus.Open, ServiceRequestStatus.AttentionNeeded, ServiceRequestStatus.Open] });
        Assert.Equal(["1", "2", "3", "4"], await AllAsync(wire, list));
        Assert.Equal(
            [
                "GET /v1/customers/a b/servicerequests?size=5&filter={\"Field\":\"Status\",\"Value\":\"Open\",\"Operator\":\"equals\"}&Field=Status&Value=Open",
                "GET /v1/customers/a b/servicerequests?size=5&filter={\"Field\":\"Status\",\"Value\":\"AttentionNeeded\",\"Operator\":\"equals\"}&Field=Status&Value=AttentionNeeded",
            ],
            wire.Paths);
        Assert.Equal(5, list.TotalCount);
    }

    [Fact]
    public async Task A_state_that_the_service_does_not_know_is_looked_for_among_all()
    {
        Wire wire = new(_ => Wire.Json(Page(0, null)));
        ServiceRequestList list = List(wire, new() { Statuses = [ServiceRequestStatus.Open, ServiceRequestStatus.Unknown] });
        Assert.Empty(await AllAsync(wire, list));
        Assert.Equal(["GET /v1/servicerequests"], wire.Paths);
        Assert.Equal((true, 0), (list.IsEmpty, list.TotalCount));
    }

    [Fact]
    public async Task A_link_is_followed_with_its_headers()
    {
        Wire wire = new(request => Wire.Json(request.Uri.Query.Length == 0 ? Page(null, "/servicerequests?seek=1", 1) : Page(null, null, 2)));
        ServiceRequestList list = List(wire, new());
        Assert.Equal(["1", "2"], await AllAsync(wire, list));
        Assert.Equal(["GET /v1/servicerequests", "GET /v1/servicerequests?seek=1"], wire.Paths);
        Assert.Equal([new("MS-ContinuationToken", "t")], wire.Asked[1].LinkHeaders);
        Assert.Null(list.TotalCount);
    }

    [Fact]
    public async Task A_list_that_does_not_keep_its_word_is_warned_of()
    {
        Wire wire = new(_ => Wire.Json(Page(5, null, 1, 2)));
        Assert.Equal(["1", "2"], await AllAsync(wire, List(wire, new())));
        string warning = Assert.Single(wire.Heard.Warnings);
        Assert.Contains("2", warning, StringComparison.Ordinal);
        Assert.Contains("5", warning, StringComparison.Ordinal);
    }
}
