using System;
using System.IO;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>What a journal in a real file says of the next run's updates.</summary>
public sealed class JournalClaimTests : IDisposable
{
    private static readonly JournalBinding Binding = new("service.example", "tenant", "account");
    private static readonly Clock Clock = new(TimeProvider.System);
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Note,Status", false)]
    [InlineData("Status", false)]
    [InlineData("Status", true)]
    public async Task What_is_unfinished_is_what_was_sent_of_it(string sent, bool isRest)
    {
        ServiceRequestUpdate row = Row(1);
        await BeginAsync("run", row, row.Changes.Only(sent.Split(',')), isRest);
        using JournalFile journal = Open("run");
        UnfinishedUpdate unfinished = journal.Claim(row).Unfinished!;
        Assert.Equal(sent.Split(','), unfinished.Sent.Texts.Keys);
        Assert.Equal(("request", Time, Time.AddSeconds(1), isRest, null), (unfinished.RequestId, unfinished.Began, unfinished.SentAt, unfinished.IsRest, unfinished.NotToBeSent));
        Assert.Equal(sent == "Status" ? 1 : 0, File.ReadAllText(PathOf("run")).Split("\"sent\":\"Status\"").Length - 1);
        Assert.Equal(sent == "Status", File.ReadAllText(PathOf("run")).Contains("\"sent\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_whose_successor_is_done_is_read_back_and_not_sent(bool successorIsDone)
    {
        await BeginAsync("run", Row(1), Row(1).Changes);
        using (JournalFile journal = Open("run"))
        {
            JournalClaim claim = journal.Claim(Row(2));
            await journal.BeginAsync(claim, Row(2), Row(2).Changes, "two", "c", Time, null);
            journal.End(claim, successorIsDone ? UpdateOutcome.Succeeded : UpdateOutcome.Failed, null, 1, "c", Time, null);
        }

        using JournalFile again = Open("run");
        Assert.Equal(successorIsDone, again.Claim(Row(1)).Unfinished!.NotToBeSent is not null);
    }

    [Fact]
    public async Task A_copy_of_a_journal_that_is_in_use_is_in_use_and_free_when_that_has_ended()
    {
        await BeginAsync("run", Row(1), Row(1).Changes);
        File.Copy(PathOf("run"), PathOf("copy"));
        using (Open("run"))
        {
            PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Open("copy"));
            Assert.Equal((ErrorIds.JournalInUse, true), (error.ErrorId, error.RecommendedAction is not null));

            // What was refused holds nothing.
            JournalFileStore.Open(PathOf("copy")).Dispose();
        }

        Open("copy").Dispose();
    }

    [Fact]
    public async Task One_of_another_connection_is_refused_with_the_cure_and_held_by_nobody()
    {
        await BeginAsync("run", Row(1), Row(1).Changes);
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => JournalFile.Open(PathOf("run"), new("elsewhere.example", "tenant", "account"), Clock));
        Assert.Equal((ErrorIds.InvalidJournal, true), (error.ErrorId, error.RecommendedAction is not null));
        Open("run").Dispose();
    }

    [Fact]
    public async Task One_header_is_enough_for_many_runs()
    {
        await BeginAsync("run", Row(1), Row(1).Changes);
        Open("run").Dispose();
        Open("run").Dispose();
        Assert.Single(File.ReadAllLines(PathOf("run")), line => line.Contains("\"header\"", StringComparison.Ordinal));
    }

    private static ServiceRequestUpdate Row(int number) => new(number, "1", null, new() { Note = $"note {number}", Status = ServiceRequestStatus.Closed });

    private string PathOf(string name) => Path.Combine(_folder, name + ".jsonl");

    private JournalFile Open(string name) => JournalFile.Open(PathOf(name), Binding, Clock);

    private async Task BeginAsync(string name, ServiceRequestUpdate row, ServiceRequestChanges sent, bool isRest = false)
    {
        using JournalFile journal = Open(name);
        await journal.BeginAsync(journal.Claim(row), row, sent, "request", "c", Time, Time.AddSeconds(1), isRest);
    }

    [Fact]
    public async Task Of_several_changes_that_were_sent_each_is_known()
    {
        ServiceRequestUpdate row = Row(1) with { Changes = Row(1).Changes with { Severity = ServiceRequestSeverity.Minimal } };
        await BeginAsync("run", row, row.Changes.Only(["Status", "Severity"]));
        using JournalFile journal = Open("run");
        Assert.Equal(["Status", "Severity"], journal.Claim(row).Unfinished!.Sent.Texts.Keys);
    }
}
