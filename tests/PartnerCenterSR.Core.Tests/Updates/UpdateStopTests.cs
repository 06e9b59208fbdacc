using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A run that is stopped sends nothing new, and says of each update whether it may have landed.</summary>
public sealed class UpdateStopTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private static readonly ServiceRequestChanges Second = new() { Note = "second" };
    private readonly MemoryStore _store = new();
    private readonly MemoryService _service = new();

    public UpdateStopTests() => _service.Journal = _store;

    private ApiResponse Stop()
    {
        _service.Stop.Cancel();
        throw new OperationCanceledException();
    }

    private string Journal => Encoding.UTF8.GetString(_store.Bytes);

    [Fact]
    public void What_was_under_way_may_have_landed_and_what_was_not_has_not()
    {
        _service.Patch = (_, _) => Stop();
        List<UpdateResult> results = _service.Run(new(1), 2, Both, Second);
        Assert.Equal((UpdateOutcome.Unknown, true, 1, null), (results[0].Outcome, results[0].WasStopped, results[0].Attempts, results[0].Error));
        Assert.Equal((UpdateOutcome.Failed, true, 0, true), (results[1].Outcome, results[1].WasStopped, results[1].Attempts, results[1].IsNotSent));
        Assert.Contains("\"Unknown\"", Journal, StringComparison.Ordinal);
        Assert.DoesNotContain("second", Journal, StringComparison.Ordinal);
        Assert.Equal(1, _service.Patches);
    }

    [Fact]
    public void What_only_read_has_not_landed_and_is_not_in_the_journal()
    {
        _service.Get = (_, _) => Stop();
        UpdateResult result = _service.Single(Both, new(1) { SkipUnchanged = true });
        Assert.Equal((UpdateOutcome.Failed, true, 0), (result.Outcome, result.WasStopped, result.Attempts));
        Assert.DoesNotContain("intent", Journal, StringComparison.Ordinal);
        Assert.DoesNotContain("\"outcome\"", Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_run_left_stays_open_however_far_one_got()
    {
        await _store.LeaveAsync(Both);
        _service.Get = (_, _) => Stop();
        UpdateResult read = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Unknown, true, 0), (read.Outcome, read.WasStopped, read.Attempts));
        Assert.Contains("\"Unknown\"", Journal, StringComparison.Ordinal);

        // And where not even that began.
        UpdateResult untouched = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Unknown, true, 1), (untouched.Outcome, untouched.WasStopped, _service.Gets));
    }

    [Fact]
    public async Task What_is_there_by_half_is_not_told_as_not_sent()
    {
        await _store.LeaveAsync(Both);
        _service.Status = "closed";
        _service.Get = (_, _) =>
        {
            _service.Stop.Cancel();
            return null;
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Unknown, true, 0, false), (result.Outcome, result.WasStopped, _service.Patches, result.IsNotSent));
    }

    [Fact]
    public void What_was_refused_for_now_when_it_is_stopped_has_not_landed()
    {
        _service.Patch = (_, request) =>
        {
            _service.Stop.Cancel();
            return Wire.Refuse(request, 429);
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Failed, true, 1, 1), (result.Outcome, result.WasStopped, result.Attempts, _service.Patches));
        Assert.True(result.IsNotSent);
        Assert.Contains("\"outcome\":\"Failed\",\"errorId\":\"NotSent\"", Journal, StringComparison.Ordinal);
    }

    private UpdateEngine Engine(HangingTransport wire)
    {
        Clock clock = new(TimeProvider.System);
        PartnerSession session = new(new() { Endpoint = Wire.Endpoint }, new StaticTokenSource("token", SignInFacts.None), wire, new(clock), clock);
        UpdateEngine engine = new(session, new(1), JournalFile.Open(_store, new("service", null, null), clock), new(new RecordingObserver(), CancellationToken.None), () => { });
        engine.Post(new(1, "1", null, Both));
        engine.Post(new(2, "1", null, Second));
        return engine;
    }

    [Fact]
    public async Task Who_lets_go_of_what_hangs_is_told_what_it_was()
    {
        HangingTransport wire = new(heedsCancellation: true);
        using UpdateEngine engine = Engine(wire);
        engine.Refuse(new(3, "1", null, Second), new(ErrorIds.InvalidNote, "bad"));
        await wire.Reached.Task;
        await engine.CancelAsync();
        UpdateResult[] left = [.. engine.Left()];
        Assert.Equal([1L, 2, 3], left.Select(result => result.Update.Row));
        Assert.Equal((UpdateOutcome.Unknown, true, 1), (left[0].Outcome, left[0].WasStopped, left[0].Attempts));
        Assert.Equal((UpdateOutcome.Failed, true, 0), (left[1].Outcome, left[1].WasStopped, left[1].Attempts));
        Assert.Equal((UpdateOutcome.Failed, true), (left[2].Outcome, left[2].WasRefused));
    }

    [Fact]
    public async Task What_hangs_is_let_go_of_when_the_run_is_left()
    {
        HangingTransport wire = new(heedsCancellation: true);
        UpdateEngine engine = Engine(wire);
        await wire.Reached.Task;
        engine.Dispose();
        Assert.Equal((UpdateOutcome.Unknown, 1), (engine.Left().First().Outcome, engine.Left().First().Attempts));
    }

    [Fact]
    public async Task What_hangs_for_ever_is_left_and_may_have_landed()
    {
        HangingTransport wire = new(heedsCancellation: false);
        UpdateEngine engine = Engine(wire);
        await wire.Reached.Task;
        engine.Dispose();
        Assert.All(engine.Left(), result => Assert.True(result.WasStopped));

        // What waits for it has certainly not left.
        Assert.Equal([UpdateOutcome.Unknown, UpdateOutcome.Failed], engine.Left().Select(result => result.Outcome));

        // Nobody holds the journal any more.
        JournalFile.Open(_store, new("service", null, null), new(TimeProvider.System)).Dispose();
    }
}
