using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service that goes away, or asks for long pauses, in the middle of a run: no note twice, nothing told falsely, and an end.</summary>
public sealed class UpdateOutageTests
{
    private readonly ManyRequests _service = new();

    [Fact]
    public void What_was_accepted_before_it_went_away_has_landed_and_is_not_sent_again()
    {
        MemoryStore store = new();
        _service.Does = (method, _, _, request) => method == "PATCH" || _service.Calls.Count == 1 ? null : ManyRequests.Refuse(request, 503);
        Assert.NotNull(_service.Run(2, 2, store: store));
        Assert.All(_service.Results, result => Assert.Equal((UpdateOutcome.Succeeded, false, null), (result.Outcome, result.IsNotSent, result.Request)));
        Assert.All(_service.Results, result => Assert.NotNull(result.Error));
        _service.Does = (_, _, _, _) => null;
        _service.Run(2, 2, store: store);
        Assert.All(_service.Results, result => Assert.NotNull(result.SkippedAs));
        Assert.Equal((1, 1), (_service.NotesOf("1").Count, _service.NotesOf("2").Count));
    }

    [Fact]
    public void With_a_journal_nothing_leaves_before_the_service_has_told_its_time()
    {
        MemoryStore store = new();
        _service.Does = (method, _, _, request) => method == "PATCH" ? null : ManyRequests.Refuse(request, 503);
        Assert.NotNull(_service.Run(2, 2, store: store));
        Assert.All(_service.Results, result => Assert.Equal((ErrorIds.ServiceDown, true), (result.Error!.ErrorId, result.IsNotSent)));
        Assert.DoesNotContain(_service.Calls, call => call.Method == "PATCH");
        Assert.DoesNotContain("intent", Encoding.UTF8.GetString(store.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_settle_time_begins_when_the_update_leaves_not_when_it_begins_to_wait(bool isPausedBefore)
    {
        _service.Does = (method, id, count, request) => method != "PATCH" ? null : (isPausedBefore ? count : count + 1) switch
        {
            1 => ManyRequests.Refuse(request, 429, 60),
            2 => LateAsync(request, id),
            _ => null,
        };
        Assert.NotNull(_service.Run(1, 1));
        Assert.Single(_service.NotesOf("1"));
        Assert.Equal(UpdateOutcome.Succeeded, _service.Results[0].Outcome);
    }

    /// <summary>The gateway gives up after a second, and what is behind it is done five seconds later.</summary>
    private Task<ApiResponse> LateAsync(ApiRequest request, string id)
    {
        _ = _service.LaterAsync(6, () =>
        {
            _service.Apply(request, id);
            return new(204, []);
        });
        return _service.LaterAsync(1, () => throw ManyRequests.Refusal(request, 504));
    }

    [Fact]
    public void Who_waits_for_a_pause_waits_no_longer_when_the_service_is_down_for_good()
    {
        _service.Does = (method, id, _, request) => method == "PATCH" && id == "6"
            ? _service.LaterAsync(0.9, () => throw ManyRequests.Refusal(request, 429, 3000))
            : _service.LaterAsync(1, () => throw ManyRequests.Refusal(request, 503, 3000));
        Assert.InRange(_service.Run(6, 8, most: 4000)!.Value, 180, 190);
        Assert.Equal(ErrorIds.ServiceDown, _service.Ended!.ErrorId);
        Assert.All(_service.Calls, call => Assert.InRange(call.At, 0, 181));

        // Five were sent, and nobody knows; the others were not, or were refused.
        Assert.Equal([.. Enumerable.Repeat(ErrorIds.OutcomeUnknown, 5), .. Enumerable.Repeat(ErrorIds.ServiceDown, 3)], _service.Results.Select(result => result.Error!.ErrorId));
        Assert.All(_service.Results.Skip(5), result => Assert.True(result.IsNotSent));
    }

    [Fact]
    public void Probes_that_come_through_now_and_then_make_no_run_without_an_end()
    {
        _service.Does = (_, id, count, request) => id == "list" && count % 2 == 0 ? null : ManyRequests.Refuse(request, 503);
        Assert.InRange(_service.Run(2, 2, most: 4000)!.Value, 180, 220);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    public void Where_the_run_has_ended_nothing_more_is_sent_whatever_waits(int status)
    {
        _service.Does = (method, id, count, request) => method != "PATCH" ? null
            : id == "1" && count == 1 ? Task.FromException<ApiResponse>(CallErrors.ConnectionFailed(request, new SocketException((int)SocketError.ConnectionRefused), outcomeOpen: false))
            : id == "2" ? _service.LaterAsync(0.25, () => throw ManyRequests.Refusal(request, status, status == 429 ? 7200 : null))
            : null;
        Assert.InRange(_service.Run(2, 2)!.Value, 0, 2);
        Assert.Equal((1, true), (_service.Patches("1"), _service.Results[0].IsNotSent));
    }

    [Fact]
    public void A_pause_that_is_too_long_at_a_reading_ends_the_run_for_its_own_reason()
    {
        _service.Does = (method, _, _, request) => ManyRequests.Refuse(request, method == "PATCH" ? 504 : 503, method == "PATCH" ? null : 7200);
        Assert.NotNull(_service.Run(1, 1));
        Assert.Equal(ErrorIds.OutcomeUnknown, _service.Results[0].Error!.ErrorId);

        // What is not sent for it is told with this, not as unknown.
        Assert.Equal(ErrorIds.ServiceUnavailable, _service.Ended!.ErrorId);
    }

    [Theory]
    [InlineData(false, 503)]
    [InlineData(true, 503)]
    [InlineData(false, 0)]
    public void For_an_outage_of_a_minute_no_row_fails_however_few_they_are(bool skipUnchanged, int status)
    {
        _service.Does = (_, _, _, request) => _service.Now >= 60 ? null : status == 0 ? SideBySide.NeverConnected() : ManyRequests.Refuse(request, status);
        Assert.NotNull(_service.Run(4, 3, skipUnchanged: skipUnchanged));
        Assert.All(_service.Results, result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
    }

    [Fact]
    public void What_may_be_there_is_told_as_unknown_when_the_service_is_down()
    {
        _service.Does = (_, _, _, request) => ManyRequests.Refuse(request, 504);
        Assert.NotNull(_service.Run(2, 3));
        Assert.Equal([ErrorIds.OutcomeUnknown, ErrorIds.OutcomeUnknown, ErrorIds.ServiceDown], _service.Results.Select(result => result.Error!.ErrorId));
        Assert.All(_service.Results.Take(2), result => Assert.Equal(Messages.OutcomeUnknownUnread.With(result.Update.Id, _service.Ended!.Message), result.Error!.Message));
    }

    [Fact]
    public void A_host_that_was_never_there_is_not_waited_for()
    {
        _service.Does = (_, _, _, request) => Task.FromException<ApiResponse>(CallErrors.ConnectionFailed(request, new SocketException((int)SocketError.HostNotFound), outcomeOpen: false));
        Assert.InRange(_service.Run(4, 8)!.Value, 0, 1);
        Assert.Equal(8, _service.Calls.Count);
    }

    [Fact]
    public void A_note_that_an_update_of_ours_put_there_is_there_whatever_an_older_answer_shows()
    {
        _service.Does = (method, _, count, _) => method == "GET" && count == 3 ? Task.FromResult(Service.Wire.Json("{\"id\":\"1\",\"status\":\"open\",\"notes\":[]}")) : null;
        _service.Run(2, 2, skipUnchanged: true, one: true);
        Assert.Equal([UpdateOutcome.Succeeded, UpdateOutcome.Unchanged], _service.Results.Select(result => result.Outcome));
        Assert.Single(_service.NotesOf("1"));
    }

    [Fact]
    public void Readings_are_not_made_all_at_once()
    {
        _service.Does = (method, _, _, request) => ManyRequests.Refuse(request, method == "PATCH" ? 503 : 500, method == "PATCH" ? 1 : null);
        Assert.NotNull(_service.Run(1, 1));
        Assert.Equal(_service.Calls.Count, _service.Calls.Select(call => call.At).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_refused_is_dated_when_it_leaves_again_also_for_who_resumes(bool isResumed)
    {
        MemoryStore store = new();
        _service.Does = (method, id, count, request) =>
        {
            if (method != "PATCH" || count > 2)
            {
                return null;
            }

            // In the pause that is asked for somebody else writes the same.
            _ = _service.LaterAsync(300, () =>
            {
                _service.NotesOf("1").Add(("n", DateTimeOffset.UnixEpoch.AddYears(30).AddSeconds(_service.Now)));
                return Service.Wire.Json("{}");
            });
            return count == 1 ? ManyRequests.Refuse(request, 429, 600) : isResumed ? new TaskCompletionSource<ApiResponse>().Task : ManyRequests.Refuse(request, 504);
        };
        _service.Run(1, 1, most: 800, store: store);
        if (isResumed)
        {
            _service.Run(1, 1, store: store);
        }

        Assert.False(_service.Results[0].Outcome == UpdateOutcome.Succeeded && _service.Patches("1") == 2);
        Assert.Equal(_service.Patches("1"), Encoding.UTF8.GetString(store.Bytes).Split("\"intent\"").Length - 1);
    }
}
