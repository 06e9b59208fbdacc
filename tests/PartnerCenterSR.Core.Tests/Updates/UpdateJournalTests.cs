using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A run with a journal: what is written down when, and what becomes of what an earlier run left.</summary>
public sealed class UpdateJournalTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private static readonly ServiceRequestChanges Second = new() { Note = "second" };
    private readonly MemoryStore _store = new();
    private readonly MemoryService _service = new();

    public UpdateJournalTests() => _service.Journal = _store;

    /// <summary>Its lines: what each is, and of which outcome.</summary>
    private string Lines => string.Join(" ", Encoding.UTF8.GetString(_store.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        JsonElement root = JsonDocument.Parse(line).RootElement;
        return root.TryGetProperty("outcome", out JsonElement outcome) ? outcome.GetString() : root.GetProperty("type").GetString();
    }));

    [Fact]
    public void A_disk_that_does_not_answer_is_told_of_once()
    {
        FakeTimeProvider time = new(new(2026, 1, 2, 12, 0, 7, TimeSpan.Zero));
        _service.Clock = new(time);
        bool isTold = false;
        _service.Journal = new MemoryStore
        {
            // Time passes until somebody says so: the wait for the disk may not have begun yet.
            Flushing = () => isTold = isTold || SpinWait.SpinUntil(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(5));
                    return !_service.Heard.Warnings.IsEmpty;
                },
                TimeSpan.FromSeconds(30)),
        };
        Assert.Equal(UpdateOutcome.Succeeded, _service.Single(Both).Outcome);
        Assert.Equal(Messages.JournalIsSlow.With("memory", 15.0), Assert.Single(_service.Heard.Warnings));
    }

    [Fact]
    public void What_it_does_is_written_before_and_behind()
    {
        _service.Patch = (_, _) =>
        {
            Assert.Equal("header intent", Lines);
            return null;
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, "header intent Succeeded", "GET PATCH GET"), (result.Outcome, Lines, _service.Calls));
        JsonElement[] lines = [.. Encoding.UTF8.GetString(_store.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        ApiRequest patch = _service.Asked[1];
        Assert.Equal((patch.RequestId, patch.CorrelationId), (lines[1].GetProperty("requestId").GetString(), lines[1].GetProperty("correlationId").GetString()));
        Assert.Equal((patch.CorrelationId, 1), (lines[2].GetProperty("correlationId").GetString(), lines[2].GetProperty("attempts").GetInt32()));
        Assert.All(lines[1..], line => Assert.InRange(line.GetProperty("serviceTime").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public void Only_where_the_service_has_not_told_its_time_it_is_asked_first()
    {
        Assert.All(_service.Run(new(1), 2, Both, Second), result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.Equal("GET PATCH GET PATCH GET", _service.Calls);
    }

    [Fact]
    public void What_was_done_is_skipped()
    {
        _service.Single(Both);
        UpdateResult again = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, true, 1), (again.Outcome, again.SkippedAs is not null, _service.Patches));
    }

    [Fact]
    public async Task What_an_earlier_run_left_and_is_there_is_not_sent()
    {
        await _store.LeaveAsync(Both);
        _service.Status = "closed";
        _service.Notes.Add("n");
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, 0, "GET", "header intent Succeeded"), (result.Outcome, result.Attempts, _service.Calls, Lines));
    }

    [Fact]
    public async Task What_is_not_there_is_sent_under_its_id_without_another_intent()
    {
        await _store.LeaveAsync(Both);
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, 1, "GET PATCH GET", "header intent Succeeded"), (result.Outcome, result.Attempts, _service.Calls, Lines));
        Assert.Equal("r1", _service.Asked[1].RequestId);
    }

    [Theory]
    [InlineData("open", false, UpdateOutcome.Failed, ErrorIds.NotSent)]
    [InlineData("closed", false, UpdateOutcome.Unknown, ErrorIds.OutcomeUnknown)]
    [InlineData("closed", true, UpdateOutcome.Succeeded, null)]
    public async Task What_would_come_too_late_is_read_back_only(string status, bool hasNote, UpdateOutcome outcome, string? errorId)
    {
        await _store.LeaveAsync(Both);
        await _store.LeaveAsync(Second, "r2", UpdateOutcome.Succeeded);
        _service.Status = status;
        _service.Notes.AddRange(hasNote ? ["n", "second"] : ["second"]);
        UpdateResult result = _service.Single(Both);
        Assert.Equal((outcome, errorId, "GET", 0), (result.Outcome, result.Error?.ErrorId, _service.Calls, result.Attempts));
        Assert.Equal(outcome != UpdateOutcome.Succeeded, result.Error?.RecommendedAction is not null);
        if (outcome == UpdateOutcome.Unknown)
        {
            Assert.Contains("Note", result.Error!.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_is_what_stands_behind_one_that_failed(bool isThere)
    {
        await _store.LeaveAsync(Second, "r2");
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        _service.Notes.AddRange(isThere ? ["second"] : []);
        List<UpdateResult> results = _service.Run(new(1), 0, Both, Second);

        // What is there is the second one's, which the first knows of.
        Assert.Equal((UpdateOutcome.Failed, isThere ? UpdateOutcome.Succeeded : UpdateOutcome.Failed), (results[0].Outcome, results[1].Outcome));
        Assert.Equal(isThere ? null : Messages.NotSentBehind.With("1", Messages.Row.With(1)), results[1].Error?.Message);
        Assert.Equal(1, _service.Patches);
    }

    [Fact]
    public async Task What_is_to_come_under_other_changes_is_refused_and_in_nobodys_turn()
    {
        await _store.LeaveAsync(Both, outcome: UpdateOutcome.Succeeded);
        UpdateResult result = _service.Single(new() { Note = "n", Status = ServiceRequestStatus.Open });
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.NotSent, 0, true), (result.Outcome, result.Error!.ErrorId, _service.Patches, result.IsNotSent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_it_cannot_be_written_nothing_is_sent_and_the_run_ends(bool atFlush)
    {
        _service.Get = (_, _) =>
        {
            (_store.FailsAtFlush, _store.FailsAtAppend) = (atFlush, !atFlush);
            return null;
        };
        List<UpdateResult> results = _service.Run(new(1), 2, Both, Second);
        Assert.Equal((0, true), (_service.Patches, results[0].IsEnd));
        Assert.Equal([ErrorIds.InvalidJournal, ErrorIds.NotSent], results.Select(result => result.Error!.ErrorId));
        Assert.All(results, result => Assert.Equal((UpdateOutcome.Failed, 0), (result.Outcome, result.Attempts)));
    }

    [Fact]
    public void What_failed_is_written_with_its_reason_and_what_was_not_sent_is_not()
    {
        _service.Patch = (_, request) => throw CallErrors.FromStatus(request, 429, ServiceError.None, TimeSpan.FromHours(2), null, null);
        List<UpdateResult> results = _service.Run(new(1), 2, Both, Second);
        Assert.Equal((1, "header intent Failed"), (_service.Patches, Lines.Replace(" Failed Failed", " Failed", StringComparison.Ordinal)));
        Assert.Equal((ErrorIds.Throttled, ErrorIds.Throttled, true), (results[0].Error!.ErrorId, results[1].Error!.ErrorId, results[1].IsNotSent));
        Assert.Contains(ErrorIds.Throttled, Encoding.UTF8.GetString(_store.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_done_and_cannot_be_read_has_no_reason()
    {
        _service.Get = (number, request) => number == 1 ? null : Wire.Refuse(request, 403);
        Assert.Equal((UpdateOutcome.Succeeded, ErrorIds.AccessDenied), (_service.Single(Both) is var result ? result.Outcome : default, result.Error?.ErrorId));
        Assert.Equal("header intent Succeeded", Lines);
        Assert.DoesNotContain("errorId", Encoding.UTF8.GetString(_store.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_half_there_has_an_intent_of_its_own_for_the_rest()
    {
        _service.Patch = (number, request) =>
        {
            _service.Apply(request, note: number > 1);
            return number == 1 ? Wire.Refuse(request, 500) : null;
        };
        Assert.Equal((UpdateOutcome.Succeeded, "header intent intent Succeeded"), (_service.Single(Both).Outcome, Lines));
        Assert.Contains("\"rest\":1", Encoding.UTF8.GetString(_store.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, UpdateOutcome.Failed)]
    [InlineData(500, UpdateOutcome.Unknown)]
    public void Of_rows_with_the_same_note_and_other_fields_each_goes_on_with_its_own(int status, UpdateOutcome first)
    {
        ServiceRequestChanges[] rows = [Second, Second with { Status = ServiceRequestStatus.Closed }];
        (_service.Patch, _service.ShowsNotes) = ((number, request) => number == 2 ? Wire.Refuse(request, status) : null, status == 429);
        Assert.Equal([UpdateOutcome.Succeeded, first], _service.Run(new(1), 0, rows).Select(result => result.Outcome));
        (_service.Patch, _service.ShowsNotes) = ((_, _) => null, true);
        List<UpdateResult> results = _service.Run(new(1), 2, rows);
        Assert.NotNull(results[0].SkippedAs);
        Assert.Equal((UpdateOutcome.Succeeded, 2, "closed"), (results[1].Outcome, _service.Notes.Count, _service.Status));
    }

    [Fact]
    public void A_row_that_was_done_with_other_fields_is_refused_and_the_row_that_was_is_still_done()
    {
        _service.Single(Second);
        List<UpdateResult> results = _service.Run(new(1), 2, Second with { Status = ServiceRequestStatus.Closed }, Second);
        Assert.Equal((ErrorIds.NotSent, true, 1), (results[0].Error?.ErrorId, results[1].SkippedAs is not null, _service.Patches));
    }

    [Fact]
    public void Of_identical_updates_the_one_that_has_not_left_is_sent_when_the_input_is_reduced_to_it()
    {
        _service.Patch = (number, request) => number == 2 ? throw CallErrors.FromStatus(request, 429, ServiceError.None, TimeSpan.FromHours(2), null, null) : null;
        Assert.Equal([UpdateOutcome.Succeeded, UpdateOutcome.Failed, UpdateOutcome.Failed], _service.Run(new(1), 2, Second, Second, Second).Select(result => result.Outcome));
        Assert.All(_service.Run(new(1), 2, Second, Second), result => Assert.Equal((UpdateOutcome.Succeeded, null), (result.Outcome, result.SkippedAs)));
        Assert.Equal(3, _service.Notes.Count);
        Assert.All(_service.Run(new(1), 2, Second, Second, Second), result => Assert.NotNull(result.SkippedAs));
    }
}
