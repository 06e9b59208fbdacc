using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>Holds what the user was told against what the service really did.</summary>
internal sealed partial class Checker(
    World world, Unkindness unkind, Habits habits, SimulatedService service, SimulatedInput input, IReadOnlyDictionary<long, UpdateResult> told, bool wasKilled, CertaintyRules rules)
{
    private readonly List<string> _violations = [];
    private readonly IReadOnlyList<ServiceRequestUpdate> _rows = input.Rows;

    public IReadOnlyList<string> Check(bool wasStopped)
    {
        if (!wasStopped)
        {
            foreach (ServiceRequestUpdate row in _rows.Where(row => !told.ContainsKey(row.Row) && !(wasKilled && row.Row >= SimulatedInput.FirstBeside)))
            {
                _violations.Add($"row {row.Row} was never told");
            }
        }

        if (service.WasCalledAfterTheEnd)
        {
            _violations.Add("something was sent after the end");
        }

        foreach (SimulatedRequest request in service.Requests)
        {
            CheckNotes(request);
            CheckFields(request);
            CheckOrder(request);
        }

        if (unkind.IsKind)
        {
            CheckUsefulness();
        }

        if (unkind.HasOutageOnly)
        {
            CheckOutage();
        }
        else if (unkind.PoisonedId is { } poisoned)
        {
            CheckPoison(poisoned);
        }

        return _violations;
    }

    /// <summary>Whether nobody looks at what was accepted.</summary>
    private bool IsUnread => habits.IsQuiet && !unkind.AnswersWithBody;

    /// <summary>What was called done was so at some time, and nothing was changed twice behind somebody's back.</summary>
    private void CheckFields(SimulatedRequest request)
    {
        foreach (ServiceRequestUpdate row in _rows.Where(row => row.Id == request.Id && row.Changes.Status is not null && !IsUnread))
        {
            if (told.TryGetValue(row.Row, out UpdateResult? result) && result is { Outcome: UpdateOutcome.Succeeded, Contradiction: null, Error: null, SkippedAs: null }
                && request.States.All(state => WireWords.ToWire(row.Changes.Status!.Value) != state.Status))
            {
                _violations.Add($"row {row.Row}: told {row.Changes.Status}, and never was");
            }
        }

        foreach (IGrouping<string, SimulatedRequest.Effect> update in request.Effects.Where(effect => effect is { Update: not null, Status: not null }).GroupBy(effect => effect.Update!))
        {
            SimulatedRequest.Effect[] changes = [.. update];
            if (changes.Length > 1 && request.Effects.Any(effect => effect is { Update: null, Status: not null } && effect.At > changes[0].At && effect.At < changes[^1].At))
            {
                _violations.Add($"behind another's back: {changes[^1].Status} at {request.Id}");
            }
        }
    }

    /// <summary>Notes of one request take effect in the order of the _rows.</summary>
    private void CheckOrder(SimulatedRequest request)
    {
        long[] last = [0, 0];
        foreach (SimulatedRequest.Effect effect in request.Effects.Where(effect => effect.Note is not null))
        {
            ServiceRequestUpdate[] meant = [.. _rows.Where(row => row.Id == request.Id && row.Changes.Note == effect.Note)];
            if (meant.Length != 1 || !CanTell(request, NoteText.Normalize(effect.Note!)))
            {
                continue;
            }

            ref long before = ref last[meant[0].Row < SimulatedInput.FirstBeside ? 0 : 1];
            if (meant[0].Row < before)
            {
                _violations.Add($"out of order: row {meant[0].Row} at {request.Id} after row {before}");
            }

            before = meant[0].Row;
        }
    }

    /// <summary>An outage that ends in time makes no row fail, and is looked at seldom.</summary>
    private void CheckOutage()
    {
        if (told.Values.FirstOrDefault(result => result.Outcome == UpdateOutcome.Failed && result.Error?.ErrorId != ErrorIds.NotSent) is { } failed)
        {
            _violations.Add($"row {failed.Update.Row} failed for an outage: {failed.Error?.ErrorId}");
        }

        if (service.Probes > 45)
        {
            _violations.Add($"{service.Probes} probes");
        }
    }

    /// <summary>One request of which no update succeeds is not an outage, and costs what its budget allows.</summary>
    private void CheckPoison(string poisoned)
    {
        if (service.Probes > 0 || told.Values.Any(result => result.Update.Id != poisoned && result.Outcome != UpdateOutcome.Succeeded))
        {
            _violations.Add($"one poisoned request stopped others ({service.Probes} probes)");
        }

        if (service.PoisonedCalls > (2 * 4) + 4 + 1)
        {
            _violations.Add($"{service.PoisonedCalls} calls for one update that fails");
        }
    }

    /// <summary>A kind service costs nothing: nothing is unknown, no call is made in vain, nothing waits.</summary>
    private void CheckUsefulness()
    {
        int wanted = _rows.Count * (unkind.AnswersWithBody ? 1 : 2);
        if (told.Values.Any(result => result.Outcome != UpdateOutcome.Succeeded || result.Contradiction is not null) || (service.Calls != wanted && !unkind.LosesOne))
        {
            _violations.Add($"a kind service was not believed ({service.Calls} calls, {wanted} wanted; rules {rules})");
        }

        if (!unkind.LosesOne && TimeSpan.FromTicks(world.Now) > TimeSpan.FromSeconds(20 + _rows.Count))
        {
            _violations.Add("a kind service was waited for");
        }
    }
}
