using System.Linq;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Each note once, whatever the service and the network do.</summary>
public sealed class ExactlyOnceTests
{
    // Its newest note is so old that it is so in any time zone.
    private static readonly string Old = SampleData.Id(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_open_outcome_is_read_back_before_anything_is_sent_again(bool applied)
    {
        int patches = 0;
        using TestServer server = TestServer.Start(new()
        {
            HonoursRequestIds = false,
            KeepsCalls = true,
            Misbehave = call => call.Method == "PATCH" && ++patches == 1 ? new Fault(applied, FaultEnding.Cut) : null,
        });
        using PartnerSession session = Connected.To(server);
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, "x")], 4));
        Assert.Equal(UpdateOutcome.Succeeded, result.Outcome);
        Assert.Equal(applied ? ["PATCH", "GET"] : ["PATCH", "GET", "PATCH", "GET"], server.Calls.Select(call => call.Method));
        Assert.Single(server.Calls.Where(call => call.Method == "PATCH").Select(call => call.RequestId).Distinct());
        Assert.Equal(2, server.Service.NotesOf(Old).Count);
    }

    [Fact]
    public void Last_weeks_identical_note_does_not_pass_for_todays()
    {
        int patches = 0;
        using TestServer server = TestServer.Start(new() { HonoursRequestIds = false, Misbehave = call => call.Method == "PATCH" && ++patches == 1 ? new Fault(false, FaultEnding.Cut) : null });
        using PartnerSession session = Connected.To(server);
        string old = server.Service.NotesOf(Old).Single();
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, old)], 4));
        Assert.Equal(UpdateOutcome.Succeeded, result.Outcome);
        Assert.Equal([old, old], server.Service.NotesOf(Old));
    }

    [Fact]
    public void Of_two_identical_notes_in_a_row_the_first_does_not_pass_for_the_second()
    {
        int patches = 0;
        using TestServer server = TestServer.Start(new() { HonoursRequestIds = false, Misbehave = call => call.Method == "PATCH" && ++patches == 2 ? new Fault(false, FaultEnding.Cut) : null });
        using PartnerSession session = Connected.To(server);
        string id = Old;
        Assert.All(Connected.Run(session, [Connected.Note(1, id, "x"), Connected.Note(2, id, "x")], 4), result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.Equal(2, server.Service.NotesOf(id).Count(note => note == "x"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public void What_cannot_be_read_back_is_unknown_and_never_sent_again(int status)
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = call => call.Method == "PATCH" ? new Fault(true, FaultEnding.Cut) : Fault.Instead(status) });
        using PartnerSession session = Connected.To(server);
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, "x")], 4));
        Assert.Equal(UpdateOutcome.Unknown, result.Outcome);
        Assert.Equal("OutcomeUnknown", result.Error!.ErrorId);
        Assert.Equal(1, server.Calls.Count(call => call.Method == "PATCH"));
    }

    [Fact]
    public void A_state_is_compared()
    {
        int patches = 0;
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = call => call.Method == "PATCH" && ++patches == 1 ? Fault.After(500) : null });
        using PartnerSession session = Connected.To(server);
        UpdateResult result = Assert.Single(Connected.Run(session, [new(1, Old, null, new ServiceRequestChanges { Status = ServiceRequestStatus.Closed })], 4));
        Assert.Equal(UpdateOutcome.Succeeded, result.Outcome);
        Assert.Equal(["PATCH", "GET"], server.Calls.Select(call => call.Method));
    }

    [Theory]
    [InlineData(400, "InvalidRequest")]
    [InlineData(404, "NotFound")]
    [InlineData(409, "InvalidRequest")]
    public void A_refusal_is_not_sent_again(int status, string errorId)
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = _ => Fault.Instead(status) });
        using PartnerSession session = Connected.To(server);
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, "x")], 4));
        Assert.Equal((UpdateOutcome.Failed, errorId), (result.Outcome, result.Error!.ErrorId));
        Assert.Single(server.Calls);
    }

    [Fact]
    public void Nothing_that_tries_again_calls_something_that_does()
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = call => call.Method == "PATCH" ? new Fault(true, FaultEnding.Cut) : Fault.Instead(500) });
        using PartnerSession session = Connected.To(server, retries: 3);
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, "x")], 4));
        Assert.Equal((UpdateOutcome.Unknown, 1), (result.Outcome, result.Attempts));

        // The budget of an update is twice the retries and four calls, whatever they are for.
        Assert.Equal((2 * 3) + 4, server.Calls.Count);
    }

    [Fact]
    public void Retries_that_are_used_up_are_read_back_once_more()
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Misbehave = call => call.Method == "PATCH" ? Fault.Instead(503) : null });
        using PartnerSession session = Connected.To(server, retries: 2);
        UpdateResult result = Assert.Single(Connected.Run(session, [Connected.Note(1, Old, "x")], 4));
        Assert.Equal((UpdateOutcome.Failed, "ServiceUnavailable", 3), (result.Outcome, result.Error!.ErrorId, result.Attempts));
        Assert.Equal(["PATCH", "GET", "PATCH", "GET", "PATCH", "GET"], server.Calls.Select(call => call.Method));
    }
}
