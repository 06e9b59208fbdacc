using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>One command of a process: its rows go in where there is room, and what it tells is kept.</summary>
internal sealed class SimulatedCommand(World world, UpdateEngine engine, IEnumerable<ServiceRequestUpdate> rows, Dictionary<long, UpdateResult> told, List<string> violations)
{
    private readonly Queue<ServiceRequestUpdate> _rows = new(rows);

    public bool IsFed => _rows.Count == 0;

    public bool IsDone => IsFed && engine.Outstanding == 0;

    /// <summary>Whether it sends nothing more.</summary>
    public bool HasEnded => engine.Ended is not null;

    public Task StopAsync() => engine.StopAsync();

    public Task CancelAsync() => engine.CancelAsync();

    public void Feed(double chance)
    {
        if (_rows.Count > 0 && !engine.IsFull && world.Happens(chance))
        {
            engine.Post(_rows.Dequeue());
        }
    }

    public void Take()
    {
        try
        {
            while (engine.TryTake(out UpdateResult result))
            {
                Tell(result);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // No row may end a run by an exception.
            violations.Add($"the run ended: {error.Message}");
        }
    }

    private void Tell(UpdateResult result)
    {
        long row = result.Update.Row;
        if (!told.TryAdd(row, result))
        {
            violations.Add($"row {row} was told twice");
        }

        string kind = result.SkippedAs is not null ? "Skipped" : result.Error?.ErrorId == ErrorIds.NotSent ? "NotSent" : result.Outcome.ToString();
        world.Census.Count("told: " + kind);
        if (result.Contradiction is not null)
        {
            world.Census.Count("told: contradicted");
        }

        world.Tell($"told: row {row} {kind} {result.Error?.ErrorId} {result.Contradiction}");
    }
}
