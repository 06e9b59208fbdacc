using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What commands of one connection know of each other's notes, whether they keep a journal, one each, or none.</summary>
public sealed class OtherCommandsTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly MemoryService _service = new() { KeepsSession = true };

    private IReadOnlyList<KnownNote> Known => _service.Session.Notes.Of("1");

    /// <summary>Another command has the same note under way.</summary>
    private void Other() => _service.Session.Notes.Add("1", new(NoteText.Hash("n"), null, null, IsConfirmed: false, "other"), _service.Clock.Now);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_note_that_another_command_put_there_is_not_taken_for_ours(bool firstHasJournal, bool secondHasJournal)
    {
        _service.Journal = firstHasJournal ? new MemoryStore() : null;
        Assert.Equal(UpdateOutcome.Succeeded, _service.Single(Note).Outcome);
        _service.Journal = secondHasJournal ? new MemoryStore() : null;
        _service.Patch = (number, request) => number == 2 ? Wire.Refuse(request, 504) : null;
        Assert.NotEqual((UpdateOutcome.Succeeded, 1), (_service.Single(Note).Outcome, _service.Notes.Count));
        Assert.Equal(3, _service.Patches);
    }

    [Fact]
    public void What_another_command_has_under_way_may_be_what_is_found()
    {
        _service.Single(new() { Note = "another" });
        _service.Patch = (_, request) =>
        {
            Other();
            _service.Apply(request);
            return Wire.Refuse(request, 504);
        };
        Assert.Equal(UpdateOutcome.Unknown, _service.Single(Note).Outcome);
        Assert.Equal(2, _service.Patches);
    }

    [Fact]
    public void Others_know_from_when_it_sets_out_and_that_it_is_there_or_not()
    {
        _service.Single(new() { Note = "another" }, retries: 0);
        _service.Patch = (number, request) =>
        {
            KnownNote told = Known.Single(note => note.Hash == NoteText.Hash("n"));
            Assert.Equal((false, request.RequestId), (told.IsConfirmed, told.Id));
            return number == 2 ? Wire.Refuse(request, 429) : null;
        };
        Assert.Equal(UpdateOutcome.Failed, _service.Single(Note, retries: 0).Outcome);
        Assert.Single(Known);
        Assert.Equal(UpdateOutcome.Succeeded, _service.Single(Note).Outcome);
        Assert.Equal([true, true], Known.Select(note => note.IsConfirmed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_SkipUnchanged_the_same_note_that_may_still_come_is_waited_for(bool comes)
    {
        (_service.Clock, _service.SettleTime) = (new HandClock { RunsBeside = true }, TimeSpan.FromSeconds(30));
        _service.Single(new() { Note = "another" });
        Other();
        int before = _service.Gets;
        _service.Get = (number, _) =>
        {
            if (number == before + 2 && comes)
            {
                _service.Notes.Add("n");
            }

            return null;
        };
        UpdateResult result = _service.Single(Note, new(1) { SkipUnchanged = true });
        Assert.Equal(comes ? (UpdateOutcome.Unchanged, 1) : (UpdateOutcome.Succeeded, 2), (result.Outcome, _service.Patches));
        Assert.Contains(_service.Heard.Waits, wait => wait > TimeSpan.Zero);
    }
}
