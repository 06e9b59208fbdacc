using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What a resumed update tells the others of its note.</summary>
public sealed class UpdateResumedNotesTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_note_of_a_resumed_half_is_known_by_when_it_was_sent(bool isRest)
    {
        SideBySide service = new();
        service.Here(() =>
        {
            MemoryStore store = new();
            DateTimeOffset began = service.Now;
            service.Notes.Add(("n", service.Now));
            service.Modified = service.Now;
            service.Pass(31);
            using (JournalFile journal = JournalFile.Open(store, new("service", null, null), service.Clock))
            {
                ServiceRequestUpdate update = new(1, "1", null, Both);
                JournalClaim claim = journal.Claim(update);
                _ = journal.BeginAsync(claim, update, Both, "r1", "c", began, began);
                _ = isRest ? journal.BeginAsync(claim, update, Both with { Note = null }, "r2", "c", service.Now, service.Now, isRest: true) : null;
            }

            service.Pass(5);
            service.Start("one", Both, store: store);
            service.Pass(60);
            service.Does = (request, number) => number == 2 ? SideBySide.Refuse(request, 504) : null;
            service.Start("two", new() { Note = "m" });
            service.Pass(300);
        });
        Assert.Equal(("closed", UpdateOutcome.Succeeded), (service.Status, service["one"].Outcome));
        Assert.Equal((UpdateOutcome.Succeeded, 1), (service["two"].Outcome, service.Notes.Count(note => note.Text == "m")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_resumed_row_is_not_its_own_twin(bool isResumed)
    {
        MemoryStore store = new();
        MemoryService service = new() { Journal = store };
        if (isResumed)
        {
            await store.LeaveAsync(Both);
            service.Status = "closed";
        }

        int half = isResumed ? 0 : 1;
        service.Patch = (number, request) =>
        {
            service.Apply(request, note: number > half);
            return Wire.Refuse(request, 500);
        };
        UpdateResult result = service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, 1), (result.Outcome, service.Notes.Count));
    }
}
