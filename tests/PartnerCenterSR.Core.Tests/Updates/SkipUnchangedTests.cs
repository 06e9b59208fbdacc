using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What -SkipUnchanged reads first, and leaves out.</summary>
public sealed class SkipUnchangedTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private readonly MemoryService _service = new();

    [Theory]
    [InlineData("open", false, "GET PATCH GET")]
    [InlineData("closed", false, "GET PATCH GET")]
    [InlineData("open", true, "GET patch GET")]
    [InlineData("closed", true, "GET")]
    public void Only_what_is_missing_is_sent_where_that_is_asked_for(string status, bool hasNote, string calls)
    {
        (_service.Status, _) = (status, hasNote);
        _service.Notes.AddRange(hasNote ? [" n "] : []);
        UpdateResult result = _service.Single(Both, new(1) { SkipUnchanged = true });
        Assert.Equal((calls, calls == "GET" ? UpdateOutcome.Unchanged : UpdateOutcome.Succeeded), (_service.Calls, result.Outcome));
        Assert.Equal(("closed", 1), (_service.Status, _service.Notes.Count));
        Assert.Equal(calls == "GET" ? 0 : 1, result.Attempts);
        Assert.NotNull(result.Request);
    }

    [Fact]
    public void Without_notes_nobody_knows_what_is_missing()
    {
        _service.ShowsNotes = false;
        UpdateResult result = _service.Single(Both, new(1) { SkipUnchanged = true });
        Assert.Equal(("GET", ErrorIds.NotSent), (_service.Calls, result.Error!.ErrorId));
        Assert.Equal(UpdateOutcome.Succeeded, _service.Single(new() { Status = ServiceRequestStatus.Closed }, new(1) { SkipUnchanged = true }).Outcome);
    }

    [Fact]
    public void A_request_that_cannot_be_read_first_is_tried_again_and_then_the_error()
    {
        _service.Get = (_, request) => Wire.Refuse(request, 500);
        UpdateResult result = _service.Single(Both, new(1) { SkipUnchanged = true }, retries: 1);
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.ServiceUnavailable, 0, 0), (result.Outcome, result.Error!.ErrorId, result.Attempts, _service.Patches));
        Assert.Equal(4, _service.Gets);
        (_service.Gets, _service.Get) = (0, (_, request) => Wire.Refuse(request, 404));
        Assert.Equal(ErrorIds.NotFound, _service.Single(Both, new(1) { SkipUnchanged = true }).Error!.ErrorId);
        Assert.Equal(1, _service.Gets);

        // It was told of before it was read, and is not there.
        Assert.Empty(_service.Session.Notes.Of("1"));
    }
}
