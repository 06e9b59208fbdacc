using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>A run with a journal is safe to repeat.</summary>
public sealed class JournalTests : IDisposable
{
    private const string Id = "616122292874576";
    private const string Rows = """
        $rows = [pscustomobject]@{ Id = 616122292874576; Note = 'a' }, [pscustomobject]@{ Id = 616122292874576; Note = 'a' },
                [pscustomobject]@{ Id = 1234567890; Note = 'b' }, [pscustomobject]@{ Id = 616122292874581; Status = 'Closed' }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;
    private Func<int, Fault?> _misbehave = _ => null;
    private int _patches;

    public JournalTests()
    {
        Server = TestServer.Start(new()
        {
            HonoursRequestIds = false,
            KeepsCalls = true,
            Misbehave = call => call.Method == "PATCH" ? _misbehave(++_patches) : null,
        });
        Shell = Shell.ConnectedTo(Server, "-SkipValidation -MaximumRetryCount 0 -TimeoutSec 30");
    }

    private TestServer Server { get; }

    private Shell Shell { get; }

    private string Journal => Path.Combine(_folder, "run.jsonl");

    private int Patches => Server.Calls.Count(call => call.Method == "PATCH");

    public void Dispose()
    {
        Shell.Dispose();
        Server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Outcome Run(string rows = Rows) => Shell.Run(rows + "$rows | Update-PartnerServiceRequest -JournalPath $args[0] -ThrottleLimit 1", Journal);

    private Outcome Read() => Shell.Run("Get-PartnerServiceRequestJournal $args[0]", Journal).Succeeded();

    [Fact]
    public void What_succeeded_is_skipped_and_what_failed_is_tried_again()
    {
        Run().OneError("NotFound");
        Assert.Equal(4, Patches);
        Assert.Equal(2, Server.Service.NotesOf(Id).Count(note => note == "a"));
        Outcome again = Run();
        again.OneError("NotFound");
        Assert.Empty(again.Output);
        Assert.Equal(5, Patches);
        Assert.Equal(["1", "2", "3", "4"], Read().Each("Row"));
        Assert.Equal(["Succeeded", "Succeeded", "Failed", "Succeeded"], Read().Each("Outcome"));
        PSObject failed = Read().Output[2];
        Assert.Equal("NotFound", failed.Properties["ErrorId"].Value);
        Assert.True(Guid.TryParse((string)failed.Properties["RequestId"].Value, out _));
        Assert.True(Guid.TryParse((string)failed.Properties["CorrelationId"].Value, out _));
        Assert.NotNull(failed.Properties["EndedAt"].Value);
    }

    [Fact]
    public void What_is_unknown_is_read_back_and_finished_with_its_old_request_id()
    {
        _misbehave = number => number == 1 ? new Fault(false, FaultEnding.Cut) : null;
        const string One = "$rows = [pscustomobject]@{ Id = 616122292874576; Note = 'a' }\n";
        Run(One).OneError("ConnectionFailed");

        // As if the process had died before it could write the outcome.
        File.WriteAllLines(Journal, File.ReadAllLines(Journal).Take(2));
        Assert.Equal("Unknown", Read().Each("Outcome").Single());
        Run(One).Succeeded();
        Assert.Single(Server.Calls.Where(call => call.Method == "PATCH").Select(call => call.RequestId).Distinct());
        Assert.Equal(1, Server.Service.NotesOf(Id).Count(note => note == "a"));
        Assert.Equal("Succeeded", Read().Each("Outcome").Single());
    }

    [Fact]
    public void What_had_landed_when_the_process_died_is_not_done_again()
    {
        const string One = "$rows = [pscustomobject]@{ Id = 616122292874576; Note = 'a' }\n";
        Run(One).Succeeded();
        File.WriteAllLines(Journal, File.ReadAllLines(Journal).Take(2));
        Assert.Single(Run(One).Succeeded().Output);
        Assert.Equal(1, Patches);
    }

    [Fact]
    public void A_torn_last_line_is_tolerated()
    {
        Run().OneError("NotFound");
        File.AppendAllText(Journal, "{\"type\":\"intent\",\"key\":\"12");
        Assert.Equal(4, Read().Output.Count);
        Run().OneError("NotFound");
        Assert.Equal(4, Read().Output.Count);
    }

    [Theory]
    [InlineData("not a journal\n")]
    [InlineData("one line of another file, without an end")]
    [InlineData("{\"type\":\"header\",\"version\":99}\n{}\n")]
    [InlineData("{\"type\":\"header\",\"version\":1}\n{\"type\":\"inte\n{\"type\":\"header\",\"version\":1}\n")]
    public void A_damaged_file_is_refused_and_nothing_is_sent(string text)
    {
        File.WriteAllText(Journal, text);
        Assert.NotNull(Run().Terminating);
        Assert.Empty(Server.Calls);
        Assert.Equal(text, File.ReadAllText(Journal));
        Shell.Run("Get-PartnerServiceRequestJournal $args[0]", Journal).OneError("InvalidJournal");
    }

    [Fact]
    public async Task A_journal_is_one_runs_at_a_time_and_can_be_read_meanwhile()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _misbehave = _ =>
        {
            arrived.TrySetResult();
            return new Fault(true, FaultEnding.Silence);
        };
        using Shell other = Shell.ConnectedTo(Server);
        using PowerShell running = other.Create("Update-PartnerServiceRequest 616122292874576 x -JournalPath $args[0]", Journal);
        IAsyncResult handle = running.BeginInvoke();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Outcome second = Run();
        second.OneError("JournalInUse");
        Assert.NotNull(second.Terminating);
        Assert.Equal("Unknown", Read().Each("Outcome").Single());
        running.Stop();
        Assert.True(handle.IsCompleted);
    }

    [Fact]
    public async Task Stopping_ends_the_command_and_journals_what_was_under_way_as_unknown()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int silent = 0;
        _misbehave = _ =>
        {
            if (System.Threading.Interlocked.Increment(ref silent) == 3)
            {
                arrived.TrySetResult();
            }

            return new Fault(false, FaultEnding.Silence);
        };
        using Shell other = Shell.ConnectedTo(Server);
        using PowerShell running = other.Create("0..50 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * $_; Note = 'x' } } | Update-PartnerServiceRequest -JournalPath $args[0] -ThrottleLimit 3", Journal);
        IAsyncResult handle = running.BeginInvoke();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Factory.FromAsync(running.BeginStop(null, null), running.EndStop).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(handle.IsCompleted);
        Assert.Equal(["Unknown", "Unknown", "Unknown"], Read().Each("Outcome"));
        Assert.All(Read().Output, entry => Assert.NotNull(entry.Properties["EndedAt"].Value));
        int before = Server.Calls.Count;
        Assert.Equal(3, before);
    }

    [Fact]
    public void No_secret_is_in_the_journal()
    {
        _misbehave = number => Fault.Instead(400, "{\"code\":1,\"description\":\"Your header was Bearer " + Server.Token + "\"}");
        Run();
        Assert.Contains("Your header was Bearer ***", File.ReadAllText(Journal), StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Token, File.ReadAllText(Journal), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_neither_makes_nor_changes_a_journal()
    {
        Shell.Run("Update-PartnerServiceRequest 616122292874576 x -JournalPath $args[0] -WhatIf", Journal).Succeeded();
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
