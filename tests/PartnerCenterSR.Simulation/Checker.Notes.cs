using System.Linq;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>What is held against notes.</summary>
internal sealed partial class Checker
{
    /// <summary>No note twice, none lost that was called done.</summary>
    private void CheckNotes(SimulatedRequest request)
    {
        foreach (IGrouping<string, ServiceRequestUpdate> same in _rows.Where(row => row.Id == request.Id && row.Changes.Note is not null).GroupBy(row => NoteText.Normalize(row.Changes.Note!)))
        {
            int there = request.Effects.Count(effect => effect.Note is { } note && NoteText.Normalize(note) == same.Key);
            int done = same.Count(row => told.TryGetValue(row.Row, out UpdateResult? result) && result.Outcome == UpdateOutcome.Succeeded);
            int open = same.Count(row => !told.TryGetValue(row.Row, out UpdateResult? result) || result.Outcome == UpdateOutcome.Unknown);
            if (habits.SkipsUnchanged)
            {
                CheckWish(request, same.Key, there, [.. same]);
            }
            else if (there < done && CanTell(request, same.Key))
            {
                _violations.Add($"lost: '{same.Key}' at {request.Id} is there {there} times, told done {done} times");
            }

            if (there > done + open)
            {
                _violations.Add($"too often: '{same.Key}' at {request.Id} is there {there} times, told done {done} and unknown {open} times");
            }
        }

        foreach (IGrouping<string, SimulatedRequest.Effect> update in request.Effects.Where(effect => effect is { Update: not null, Note: not null }).GroupBy(effect => effect.Update!).Where(update => update.Count() > 1))
        {
            _violations.Add($"twice: the note '{update.First().Note}' at {request.Id}");
        }
    }

    /// <summary>Whether what colleagues wrote in the same words can be told from ours.</summary>
    private bool CanTell(SimulatedRequest request, string text) => request.ByColleagues.All(note => note.Text != text || service.Attempts.CanTell(request.Id, text, note.At));

    /// <summary>With -SkipUnchanged it is to be there, by whomever, and by us once.</summary>
    private void CheckWish(SimulatedRequest request, string text, int there, ServiceRequestUpdate[] same)
    {
        bool isTold = same.Any(row => told.TryGetValue(row.Row, out UpdateResult? result) && result.Outcome is UpdateOutcome.Succeeded or UpdateOutcome.Unchanged);
        if (isTold && there == 0 && !request.Notes.Any(note => NoteText.Normalize(note.Text) == text || note.Text == service.Rewrite(text)))
        {
            _violations.Add($"lost: '{text}' at {request.Id} is not there, and was told done");
        }

        if (there > 1 && !wasKilled && unkind is { Rewriting: not ("cut" or "surrogates") })
        {
            _violations.Add($"twice with -SkipUnchanged: '{text}' at {request.Id} is there {there} times");
        }
    }
}
