using System;
using System.Collections.Generic;
using System.Threading;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Long runs, as a user sees them.</summary>
public sealed class BulkTests
{
    private const string Rows = "0..199 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 20); Note = \"n$_\" } } | ";

    [Fact]
    public void After_a_401_nothing_more_is_sent_and_each_row_is_told_so()
    {
        int accepted = 0;
        using TestServer server = TestServer.Start(new()
        {
            Generation = Generation.Older,
            KeepsCalls = true,
            Accepts = _ => Interlocked.Increment(ref accepted) <= 50,
        });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run(Rows + "Update-PartnerServiceRequest -ThrottleLimit 4");
        Assert.Equal(50, outcome.Output.Count);
        Assert.Equal(150, outcome.Errors.Count);
        Assert.All(outcome.ErrorIds, id => Assert.Equal("Unauthenticated", id));
        Assert.InRange(server.Calls.Count, 51, 54);
        Assert.Contains("Not sent", outcome.Errors[^1].ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("Row 200", outcome.Errors[^1].ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_is_told_with_its_length()
    {
        int calls = 0;
        using TestServer server = TestServer.Start(new()
        {
            Misbehave = _ => Interlocked.Increment(ref calls) == 10
                ? Fault.Instead(429) with { Answer = new EmulatedAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } } }
                : null,
        });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run(Rows + "Update-PartnerServiceRequest -ThrottleLimit 4 -Verbose").Succeeded();
        Assert.Equal(200, outcome.Output.Count);
        Assert.Contains(outcome.Verbose, line => line.Contains("asked for a pause (429): all requests wait for 1 s", StringComparison.Ordinal));
        Assert.Contains(outcome.Streams.Progress, record => record.CurrentOperation?.Contains("going on in 1 s", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void An_applied_update_that_cannot_be_read_is_a_warning_not_an_error()
    {
        using TestServer server = TestServer.Start(new() { Misbehave = call => call.Method == "GET" ? Fault.Instead(403) : null });
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Update-PartnerServiceRequest 616122292874576 once").Succeeded();
        Assert.Contains("updated, but", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal("once", server.Service.NotesOf("616122292874576")[^1]);
    }

    [Fact]
    public void Downstream_may_stop_early()
    {
        using TestServer server = TestServer.Start();
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("foreach ($once in 1) { " + Rows + "Update-PartnerServiceRequest -ThrottleLimit 2 | ForEach-Object { $_; break } }").Succeeded();
        Assert.Single(outcome.Output);
        Assert.InRange(server.Service.Updates, 1, 199);
    }
}
