using System.Linq;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service that asks for a pause of more than an hour, whatever call it says so to: nothing more is sent.</summary>
public sealed class UpdateLongPauseTests
{
    private const double TwoHours = 7200;
    private readonly ManyRequests _service = new();

    private int Patches => _service.Calls.Count(call => call.Method == "PATCH");

    [Theory]
    [InlineData(429, 1)]
    [InlineData(429, 4)]
    [InlineData(503, 1)]
    [InlineData(503, 4)]
    public void At_an_update_it_ends_the_run(int status, int width)
    {
        int patches = 0;
        _service.Does = (method, _, _, request) => method == "PATCH" && ++patches > 4 ? ManyRequests.Refuse(request, status, TwoHours) : null;
        Assert.NotNull(_service.Run(width, rows: 40));
        Assert.InRange(Patches, 5, 4 + width);
        int open = status == 503 ? Patches - 4 : 0;
        Assert.Equal(open, _service.Results.Count(result => result.Outcome == UpdateOutcome.Unknown));
        Assert.Equal(40 - Patches, _service.Results.Count(result => result.IsNotSent));
        Assert.Equal(4, _service.Results.Count(result => result.Outcome == UpdateOutcome.Succeeded));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void At_the_reading_of_what_was_done_it_ends_the_run_too(int status)
    {
        int gets = 0;
        _service.Does = (method, _, _, request) => method == "GET" && ++gets == 4 ? ManyRequests.Refuse(request, status, TwoHours) : null;
        Assert.NotNull(_service.Run(1, rows: 40));
        Assert.Equal((4, 4), (Patches, gets));
        Assert.Equal((4, 36), (_service.Results.Count(result => result.Outcome == UpdateOutcome.Succeeded), _service.Results.Count(result => result.IsNotSent)));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void At_the_reading_of_what_is_open_it_ends_the_run_too(int status)
    {
        _service.Does = (method, id, _, request) => id != "3" ? null : ManyRequests.Refuse(request, method == "PATCH" ? 504 : status, method == "PATCH" ? null : TwoHours);
        Assert.NotNull(_service.Run(1, rows: 40));
        Assert.Equal(3, Patches);
        Assert.Equal(UpdateOutcome.Unknown, _service.Results[2].Outcome);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void At_the_first_question_for_the_time_nothing_leaves(int status)
    {
        _service.Does = (_, _, _, request) => ManyRequests.Refuse(request, status, TwoHours);
        Assert.NotNull(_service.Run(4, rows: 40, store: new MemoryStore()));
        Assert.Equal(0, Patches);
        Assert.InRange(_service.Calls.Count, 1, 4);
        Assert.All(_service.Results, result => Assert.Equal(UpdateOutcome.Failed, result.Outcome));
    }

    // The service is down for all the others, which wait for it: who is told of the pause waits for nothing.
    [Theory]
    [InlineData("an update")]
    [InlineData("a reading")]
    public void Heard_in_an_outage_it_ends_the_run_at_once(string at)
    {
        _service.Does = (method, id, _, request) => (method, id) switch
        {
            (_, "list") => ManyRequests.Refuse(request, 503),
            ("PATCH", "4") when at == "an update" => _service.LaterAsync(3, () => throw ManyRequests.Refusal(request, 429, TwoHours)),
            ("GET", "4") => _service.LaterAsync(3, () => throw ManyRequests.Refusal(request, 429, TwoHours)),
            ("PATCH", not "4") => _service.LaterAsync(1, () => throw new PartnerCenterException(ErrorIds.ConnectionFailed, "refused")),
            _ => null,
        };
        Assert.InRange(_service.Run(4, rows: 40)!.Value, 0, 10);
        Assert.Equal((429, false), (_service.Ended!.StatusCode, _service.Results.Any(result => result.Outcome == UpdateOutcome.Unknown)));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public void At_a_probe_it_ends_the_run_too(int status)
    {
        bool wasAsked = false;
        _service.Does = (method, id, _, request) =>
        {
            if (id == "list")
            {
                wasAsked = true;
                return ManyRequests.Refuse(request, status, TwoHours);
            }

            return Patches <= 4 ? null : ManyRequests.Refuse(request, wasAsked ? status : 503, wasAsked ? TwoHours : null);
        };
        Assert.NotNull(_service.Run(4, rows: 40));
        Assert.True(wasAsked);
        Assert.Equal("list", _service.Calls[^1].Id);
    }
}
