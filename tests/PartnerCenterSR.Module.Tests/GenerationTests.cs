using System;
using System.Linq;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>An older service and a current one give a user the same.</summary>
public sealed class GenerationTests
{
    private const string Job = """
        $open = Get-PartnerServiceRequest -Status Open, AttentionNeeded -PageSize 7
        $one = Get-PartnerServiceRequest $open[0].Id
        $after = $open[0] | Update-PartnerServiceRequest -Note 'hello' -Status Closed
        $read = Get-PartnerServiceRequest $open[0].Id
        foreach ($r in @($open) + $one + $after + $read) {
            '{0}|{1}|{2}|{3}|{4}|{5}|{6}' -f $r.Id, $r.Status, $r.Severity, $r.Title, $r.Description, $r.Organization, $r.Notes.Count
        }
        """;

    private static string[] Do(Generation generation)
    {
        using TestServer server = TestServer.Start(new() { Generation = generation });
        using Shell shell = Shell.ConnectedTo(server, string.Empty);
        return [.. shell.Run(Job).Succeeded().Output.Select(line => line.ToString())];
    }

    [Fact]
    public void Both_give_the_same_objects()
    {
        string[] older = Do(Generation.Older);
        Assert.Equal(older, Do(Generation.Current));
        Assert.Equal(22, older.Length);
        Assert.EndsWith("|2", older[^1], StringComparison.Ordinal);
        Assert.Contains("|Closed|", older[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_customers_scope_is_kept_from_list_to_update(bool older)
    {
        using TestServer server = TestServer.Start(new() { Generation = older ? Generation.Older : Generation.Current, KeepsCalls = true });
        using Shell shell = Shell.ConnectedTo(server);
        const string Customer = "3b33e682-00c3-41ee-9dd2-a548adf56438";
        Outcome outcome = shell.Run("[pscustomobject]@{ TenantId = $args[0] } | Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note x", Customer).Succeeded();
        Assert.Equal(Customer, outcome.Each("CustomerId").Single());
        Assert.All(server.Calls, call => Assert.StartsWith($"/v1/customers/{Customer}/servicerequests", call.Uri.AbsolutePath, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_call_carries_the_headers_of_the_wire()
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true });
        using Shell shell = Shell.ConnectedTo(server);
        shell.Run("Get-PartnerServiceRequest 616122292874576 -IncludeOrganizationRequests; Update-PartnerServiceRequest 616122292874576 x").Succeeded();
        Assert.Equal(3, server.Calls.Count);
        foreach (EmulatedCall call in server.Calls)
        {
            Assert.Equal("application/json", call.Headers["Accept"]);
            Assert.True(Guid.TryParse(call.Headers["MS-RequestId"], out _));
            Assert.True(Guid.TryParse(call.Headers["MS-CorrelationId"], out _));
            Assert.Equal("v1", call.Headers["MS-Contract-Version"]);
            Assert.Equal("en-US", call.Headers["X-Locale"]);
            Assert.Equal("PartnerCenterSR", call.Headers["MS-PartnerCenter-Application"]);
            Assert.Matches(@"^PartnerCenterSR/\d+\.\d+\.\d+ PowerShell/\d+", call.Headers["User-Agent"]);
            Assert.Null(call.Headers["Expect"]);
            Assert.Contains("gzip", call.Headers["Accept-Encoding"], StringComparison.Ordinal);
        }

        Assert.NotNull(server.Calls[0].Headers["IncludeOrganizationRequests"]);
        Assert.Null(server.Calls[1].Headers["IncludeOrganizationRequests"]);
        Assert.StartsWith("application/json", server.Calls[1].Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(3, server.Calls.Select(call => call.RequestId).Distinct().Count());
    }
}
