using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Which updates of an earlier run may still be sent, and how often a journal is written.</summary>
public sealed class UpdateResumeTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private static readonly ServiceRequestChanges Second = new() { Note = "second" };

    [Fact]
    public async Task What_comes_too_late_comes_too_late_for_ever()
    {
        MemoryStore store = new();
        MemoryService service = new() { Journal = store };
        await store.LeaveAsync(Both);
        await store.LeaveAsync(Second, "r2", UpdateOutcome.Succeeded);
        service.Notes.Add("second");
        UpdateResult third = service.Single(Both);
        Assert.Equal((ErrorIds.NotSent, 0), (third.Error?.ErrorId, service.Patches));
        UpdateResult fourth = service.Single(Both);
        Assert.Equal((ErrorIds.NotSent, 0, "open"), (fourth.Error?.ErrorId, service.Patches, service.Status));
    }

    [Fact]
    public async Task A_row_that_left_once_is_not_as_new_when_a_later_run_did_not_send_it()
    {
        MemoryStore store = new();
        MemoryService service = new() { Journal = store };
        service.Patch = (_, request) => throw CallErrors.FromStatus(request, 429, ServiceError.None, TimeSpan.Zero, null, null);
        Assert.Equal(1, service.Single(Both, retries: 0).Attempts);

        // The second run is stopped when the intent has been written, and nothing left.
        using (JournalFile journal = JournalFile.Open(store, new("service", null, null), service.Clock))
        {
            ServiceRequestUpdate update = new(1, "1", null, Both);
            JournalClaim claim = journal.Claim(update);
            await journal.BeginAsync(claim, update, Both, "r9", "c", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
            journal.End(claim, UpdateOutcome.Failed, new(ErrorIds.NotSent, "stopped"), 0, "c", DateTimeOffset.UtcNow, null);
        }

        service.Patch = (_, _) => null;
        Assert.Equal(UpdateOutcome.Succeeded, service.Single(Second).Outcome);
        UpdateResult last = service.Run(new(1), 0, Both, Second)[0];
        Assert.Equal((ErrorIds.NotSent, "open"), (last.Error?.ErrorId, service.Status));
    }

    [Fact]
    public void A_row_that_was_moved_behind_another_is_not_too_late()
    {
        MemoryStore store = new();
        MemoryService service = new() { Journal = store };
        string refused = "\"n\"";
        service.Patch = (_, request) => Encoding.UTF8.GetString(request.Body!).Contains(refused, StringComparison.Ordinal) ? throw CallErrors.FromStatus(request, 429, ServiceError.None, TimeSpan.Zero, null, null) : null;
        Assert.Equal([UpdateOutcome.Failed, UpdateOutcome.Failed], service.Run(new(1), 0, Both, Second).Select(result => result.Outcome));
        List<UpdateResult> moved = service.Run(new(1), 0, Second, Both);
        Assert.Equal([UpdateOutcome.Succeeded, UpdateOutcome.Failed], moved.Select(result => result.Outcome));
        Assert.Equal(ErrorIds.Throttled, moved[1].Error!.ErrorId);
        service.Patch = (_, _) => null;
        List<UpdateResult> last = service.Run(new(1), 0, Second, Both);
        Assert.Equal((null, UpdateOutcome.Succeeded), (last[1].Error?.Message, last[1].Outcome));
    }

    [Theory]
    [InlineData(429, 2)]
    [InlineData(429, 3)]
    [InlineData(429, 4)]
    [InlineData(401, 2)]
    public void What_was_cut_off_twice_is_finished_at_last(int status, int cut)
    {
        MemoryService service = new() { Journal = new MemoryStore() };
        ServiceRequestChanges[] rows = [Second, Second with { Status = ServiceRequestStatus.Closed }, Both with { Note = "third" }, Second];
        int end = 1;
        service.Patch = (number, request) => number == end ? throw CallErrors.FromStatus(request, status, ServiceError.None, TimeSpan.FromHours(2), null, null) : null;
        service.Run(new(1), 2, rows);
        end = service.Patches + cut;
        service.Run(new(1), 2, rows);
        service.Patch = (_, _) => null;
        List<UpdateResult> last = service.Run(new(1), 2, rows);
        Assert.Equal(string.Empty, string.Join(" | ", last.Where(result => result.Error is not null).Select(result => result.Update.Row + ": " + result.Error!.Message)));
        Assert.Equal((3, 1), (service.Notes.Count(note => note == "second"), service.Notes.Count(note => note == "third")));
    }

    [Fact]
    public void What_is_not_known_is_not_told_as_done()
    {
        MemoryService service = new() { Journal = new MemoryStore() };
        service.Patch = (number, request) => number == 1 ? throw CallErrors.FromStatus(request, 403, ServiceError.None, null, null, null) : Wire.Refuse(request, 500);
        service.ShowsNotes = false;
        Assert.Equal([UpdateOutcome.Failed, UpdateOutcome.Unknown], service.Run(new(1), 0, Both, Second).Select(result => result.Outcome));

        // The role has been given: the second has never landed, as the next run finds out and tells.
        (service.Patch, service.ShowsNotes) = ((_, _) => null, true);
        int before = service.Patches;
        List<UpdateResult> again = service.Run(new(1), 0, Both, Second);
        Assert.Equal((1, UpdateOutcome.Succeeded), (service.Patches - before, again[1].Outcome));
        Assert.DoesNotContain("is done already.", again[0].Error?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_may_be_there_under_other_changes_is_not_told_as_there_and_holds_up_what_stands_behind_it()
    {
        MemoryStore store = new();
        await store.LeaveAsync(Note);
        MemoryService service = new() { Journal = store };
        List<UpdateResult> results = service.Run(new(1), 2, Both, Second);
        Assert.Equal([ErrorIds.NotSent, ErrorIds.NotSent], results.Select(result => result.Error!.ErrorId));
        Assert.Equal((0, Messages.NotSentBehind.With("1", Messages.Row.With(1))), (service.Patches, results[1].Error!.Message));
        Assert.Contains("may be there", results[0].Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_slow_disk_only_takes_its_time(double seconds)
    {
        HandClock clock = new() { RunsBeside = true };
        int flushes = 0;
        MemoryStore store = new()
        {
            Flushing = () =>
            {
                clock.Face.Pass(seconds);
                if (++flushes > 100)
                {
                    throw new IOException("The test has seen enough.");
                }
            },
        };
        MemoryService service = new() { Journal = store, Clock = clock };
        UpdateResult result = service.Single(Note);
        int intents = Encoding.UTF8.GetString(store.Bytes).Split("\"intent\"").Length - 1;
        Assert.Equal((UpdateOutcome.Succeeded, 1, true), (result.Outcome, service.Patches, intents <= 4));
    }
}
