using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Management.Automation;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Get-PartnerServiceRequest: filters, pages, streaming.</summary>
public sealed class ListTests
{
    private static TestServer Start(int count, bool older = false) => TestServer.Start(new()
    {
        Data = SampleData.Create(count),
        KeepsCalls = true,
        Generation = older ? Generation.Older : Generation.Current,
    });

    [Theory]
    [InlineData("-First 1")]
    [InlineData("| ForEach-Object { $_; break }")]
    public void One_of_ten_thousand_asks_for_one_page(string first)
    {
        using TestServer server = Start(10_000);
        using Shell shell = Shell.ConnectedTo(server);
        shell.Run("foreach ($once in 1) { Get-PartnerServiceRequest " + first + " }");
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task The_first_object_is_there_before_the_second_page_is_asked_for()
    {
        using SemaphoreSlim second = new(0);
        using TestServer server = TestServer.Start(new()
        {
            Data = SampleData.Create(10),
            PageSize = 5,
            Misbehave = call =>
            {
                if (call.Uri.Query.Contains("offset", StringComparison.Ordinal))
                {
                    second.Wait(TimeSpan.FromSeconds(60));
                }

                return null;
            },
        });
        using Shell shell = Shell.ConnectedTo(server);
        using PowerShell command = shell.Create("Get-PartnerServiceRequest");
        using PSDataCollection<PSObject> output = [];
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => first.TrySetResult();
        IAsyncResult running = command.BeginInvoke<PSObject, PSObject>(null, output);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(output.Count <= 5);
        second.Release();
        command.EndInvoke(running);
        Assert.Equal(10, output.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_page_is_read_once(bool older)
    {
        using TestServer server = Start(1234, older);
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest -PageSize 100").Succeeded();
        Assert.Equal(Enumerable.Range(0, 1234).Select(SampleData.Id), outcome.Each("Id"));
        Assert.Equal(13, server.Calls.Count);
    }

    [Fact]
    public void Skip_first_and_total_are_powershells_own()
    {
        using TestServer server = Start(50);
        using Shell shell = Shell.ConnectedTo(server);
        Assert.Equal([SampleData.Id(3), SampleData.Id(4)], shell.Run("Get-PartnerServiceRequest -Skip 3 -First 2").Succeeded().Each("Id"));
        Assert.Equal("50", shell.Run("Get-PartnerServiceRequest -First 2 -IncludeTotalCount").Succeeded().Output[0].BaseObject.ToString());
    }

    [Theory]
    [InlineData("-Status Open", "$_.Status -eq 'Open'")]
    [InlineData("-Status attention_needed, 'Closed'", "$_.Status -in 'AttentionNeeded', 'Closed'")]
    [InlineData("-Severity Critical, Minimal", "$_.Severity -ne 'Moderate'")]
    [InlineData("-Title '*licence*'", "$_.Title -like '*licence*'")]
    [InlineData("-ModifiedAfter $pivot", "$_.LastModifiedDate -ge $pivot")]
    [InlineData("-ModifiedBefore $pivot", "$_.LastModifiedDate -lt $pivot")]
    [InlineData("-CreatedAfter $pivot.AddDays(-3)", "$_.CreatedDate -ge $pivot.AddDays(-3)")]
    [InlineData("-CreatedBefore $pivot.AddDays(-3)", "$_.CreatedDate -lt $pivot.AddDays(-3)")]
    public void Filters_let_through_what_they_say_and_nothing_else(string filter, string condition)
    {
        foreach (bool older in new[] { true, false })
        {
            using TestServer server = Start(60, older);
            using Shell shell = Shell.ConnectedTo(server);
            Outcome outcome = shell.Run($$"""
                $all = Get-PartnerServiceRequest
                $pivot = $all[30].LastModifiedDate
                $wanted = $all | Where-Object { {{condition}} } | ForEach-Object Id
                $got = Get-PartnerServiceRequest {{filter}} | ForEach-Object Id
                [pscustomobject]@{ Wanted = ($wanted | Sort-ByName); Got = ($got | Sort-ByName) }
                """.Replace(" | Sort-ByName", string.Empty, StringComparison.Ordinal)).Succeeded();
            string[] wanted = [.. outcome.Each("Wanted").Single()!.Split(' ').Order()];
            Assert.Equal(wanted, outcome.Each("Got").Single()!.Split(' ').Order());
            Assert.InRange(wanted.Length, 1, 59);
        }
    }

    [Fact]
    public void A_service_that_ignores_the_filter_is_filtered_here()
    {
        using TestServer server = TestServer.Start(new() { Misbehave = _ => Fault.Instead(200, """{"items":[{"id":"1","status":"open"},{"id":"2","status":"closed"}],"totalCount":2}""") });
        using Shell shell = Shell.ConnectedTo(server);
        Assert.Equal(["2"], shell.Run("Get-PartnerServiceRequest -Status Closed").Succeeded().Each("Id"));
    }

    [Fact]
    public void IncludeNotes_reads_each_one_in_order()
    {
        using TestServer server = Start(30);
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest -IncludeNotes -First 20").Succeeded();
        Assert.Equal(Enumerable.Range(0, 20).Select(SampleData.Id), outcome.Each("Id"));
        Assert.All(outcome.Output, request => Assert.NotEmpty((System.Collections.IEnumerable)request.Properties["Notes"].Value));
        Assert.All(outcome.Output, request => Assert.NotNull(request.Properties["Description"].Value));
    }

    [Fact]
    public void Many_ids_come_in_order_with_a_bad_one_told()
    {
        using TestServer server = Start(30);
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest (0..29 | ForEach-Object { $args[0] + 5 * $_ } | ForEach-Object { $_; if ($_ -eq 616122292874601) { '6.1E+14' } })".Replace("$args[0]", "616122292874576", StringComparison.Ordinal));
        Assert.Equal("6.1E+14", outcome.OneError("MangledId").TargetObject);
        Assert.Equal(Enumerable.Range(0, 30).Select(SampleData.Id), outcome.Each("Id"));
    }
}
