using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>Routes: the partner's, a customer's, and what is done where a customer's leads nowhere.</summary>
public sealed class PartnerClientTests
{
    private const string Id = "616122292874576";
    private const string Customer = "b33e682c-1b4e-4b3a-9f0f-111111111111";
    private const string ByCustomer = $"/v1/customers/{Customer}/servicerequests/{Id}";
    private const string ByPartner = $"/v1/servicerequests/{Id}";
    private const string Body = $$"""{"organization":{"id":"B33E682C-1b4e-4b3a-9f0f-111111111111"},"id":"{{Id}}"}""";
    private static readonly ServiceRequestUpdate Update = new(1, Id, Customer, new() { Note = "n", Status = ServiceRequestStatus.Closed });

    /// <summary>The customer's route leads nowhere; the partner's does as the test says.</summary>
    private static Wire NoRoute(Func<ApiRequest, ApiResponse> partner, int status = 404) => new(request => request.Uri.AbsolutePath == ByCustomer ? Wire.Refuse(request, status) : partner(request));

    [Fact]
    public async Task A_request_is_read_by_the_partners_route()
    {
        Wire wire = new(_ => Wire.Json(Body));
        CallOptions options = wire.Options with { IncludeOrganizationRequests = true };
        ServiceRequest request = await wire.Session().Client.GetAsync(Id, null, options, "c1");
        Assert.Equal((Id, null), (request.Id, request.CustomerId));
        Assert.Equal(["GET " + ByPartner], wire.Paths);
        ApiRequest asked = Assert.Single(wire.Asked);
        Assert.Equal(("c1", true, false, null), (asked.CorrelationId, asked.IncludeOrganizationRequests, asked.ValidatesMfa, asked.ByCustomer));
        Assert.NotEqual(asked.RequestId, asked.CorrelationId);
    }

    [Fact]
    public async Task A_customers_request_is_read_by_the_customers_route()
    {
        Wire wire = new(_ => Wire.Json(Body));
        Assert.Equal(Customer, (await wire.Session().Client.GetAsync(Id, Customer, wire.Options)).CustomerId);
        Assert.Equal(["GET " + ByCustomer], wire.Paths);
        Assert.False(wire.Asked[0].IncludeOrganizationRequests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Where_it_leads_nowhere_the_partners_does_from_then_on(int status)
    {
        Wire wire = NoRoute(_ => Wire.Json(Body), status);
        PartnerClient client = wire.Session().Client;
        await client.GetAsync(Id, Customer, wire.Options);
        await client.GetAsync(Id, Customer.ToUpperInvariant(), wire.Options);
        Assert.Equal(["GET " + ByCustomer, "GET " + ByPartner, "GET " + ByPartner, "GET " + ByPartner], wire.Paths);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task Another_refusal_is_no_reason_to_look_elsewhere(int status)
    {
        Wire wire = NoRoute(_ => Wire.Json(Body), status);
        Assert.Equal(status, (await Assert.ThrowsAsync<PartnerCenterException>(() => wire.Session().Client.GetAsync(Id, Customer, wire.Options))).StatusCode);
        Assert.Single(wire.Asked);
    }

    [Fact]
    public async Task Another_customers_request_is_not_found()
    {
        Wire wire = NoRoute(_ => Wire.Json(Body.Replace("B33E", "C33E", StringComparison.Ordinal)));
        PartnerClient client = wire.Session().Client;
        Assert.Equal(ErrorIds.NotFound, (await Assert.ThrowsAsync<PartnerCenterException>(() => client.GetAsync(Id, Customer, wire.Options))).ErrorId);
        await Assert.ThrowsAsync<PartnerCenterException>(() => client.GetAsync(Id, Customer, wire.Options));
        Assert.Equal(2, wire.Paths.Count(path => path == "GET " + ByCustomer));
    }

    [Theory]
    [InlineData(404, ErrorIds.NotFound)]
    [InlineData(403, ErrorIds.NotFound)]
    [InlineData(400, ErrorIds.NotFound)]
    [InlineData(503, ErrorIds.ServiceUnavailable)]
    [InlineData(401, ErrorIds.Unauthenticated)]
    public async Task What_the_customers_route_said_stands_but_for_trouble_that_passes(int status, string expected)
    {
        Wire wire = NoRoute(request => Wire.Refuse(request, status));
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => wire.Session().Client.PatchOnceAsync(wire.Session().Client.Patch(Update, "r1", [], wire.Options), wire.Options));
        Assert.Equal((expected, false), (error.ErrorId, error.OutcomeOpen));
    }

    [Fact]
    public async Task An_update_goes_the_other_way_as_it_was()
    {
        Wire wire = NoRoute(_ => Wire.Json(Body));
        PartnerClient client = wire.Session().Client;
        await client.PatchOnceAsync(client.Patch(Update, "r1", [], wire.Options), wire.Options);
        Assert.Equal(["PATCH " + ByCustomer, "GET " + ByPartner, "PATCH " + ByPartner], wire.Paths);
        Assert.Equal((wire.Asked[0].RequestId, wire.Asked[0].CorrelationId, wire.Asked[0].Body), (wire.Asked[2].RequestId, wire.Asked[2].CorrelationId, wire.Asked[2].Body));
        Assert.Equal("r1", wire.Asked[2].RequestId);
        Assert.Equal("""{"NewNote":{"Text":"n"},"Status":"closed"}""", Encoding.UTF8.GetString(wire.Asked[2].Body!));
    }

    [Fact]
    public async Task A_look_is_taken_once_where_the_caller_tries_again_itself_and_again_where_not()
    {
        int looks = 0;
        Wire wire = NoRoute(request => request.Method == HttpMethod.Get && ++looks < 3 ? Wire.Refuse(request, 503) : Wire.Json(Body));
        PartnerClient client = wire.Session(retries: 3).Client;
        await Assert.ThrowsAsync<PartnerCenterException>(() => client.ReadOnceAsync(Id, Customer, wire.Options, "c"));
        Assert.Equal(1, looks);
        Assert.Equal(Id, (await client.GetAsync(Id, Customer, wire.Options)).Id);
        Assert.Equal(4, looks);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_asked_for_again()
    {
        int asked = 0;
        Wire wire = new(_ => Wire.Json(++asked < 3 ? "{" : Body));
        Assert.Equal(Id, (await wire.Session(retries: 3).Client.GetAsync(Id, null, wire.Options)).Id);
        Assert.Single(wire.Asked.Select(request => request.RequestId).Distinct());
        asked = 0;
        Assert.Equal(ErrorIds.MalformedResponse, (await Assert.ThrowsAsync<PartnerCenterException>(() => wire.Session(retries: 3).Client.ReadOnceAsync(Id, null, wire.Options, "c"))).ErrorId);
    }

    [Fact]
    public async Task The_probe_asks_for_one_request_and_about_mfa()
    {
        Wire wire = new(_ => Wire.Json("""{"items":[{"id":"1","status":1}]}""") with { IsMfaCompliant = true });
        PartnerClient client = wire.Session().Client;
        Assert.True(await client.ProbeAsync(wire.Options));
        await client.ProbeOnceAsync(wire.Options);
        Assert.Equal(["GET /v1/servicerequests?size=1", "GET /v1/servicerequests?size=1"], wire.Paths);
        Assert.Equal([true, false], wire.Asked.Select(request => request.ValidatesMfa));
        Assert.Equal([nameof(ServiceRequest.Status)], client.Form.Of(new() { Status = ServiceRequestStatus.Open }));
    }

    [Fact]
    public async Task A_probe_that_is_no_list_is_an_error() =>
        await Assert.ThrowsAsync<PartnerCenterException>(() => new Wire(_ => Wire.Json("<html>")).Session().Client.ProbeAsync(new Wire(_ => null!).Options));

    [Fact]
    public void Ids_are_escaped()
    {
        Wire wire = new(_ => Wire.Json("{}"));
        Assert.Equal("https://api.example/v1/customers/a%2Fb/servicerequests?x=1", wire.Session().Client.List("a/b", "?x=1", wire.Options).Uri.AbsoluteUri);
    }
}
