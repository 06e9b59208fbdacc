using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>The rows of a file, and what people do to it between two runs.</summary>
internal sealed class SimulatedInput
{
    /// <summary>The first row of a command beside the file's.</summary>
    public const int FirstBeside = 1001;

    private readonly World _world;

    public SimulatedInput(World world, Unkindness unkind, Habits habits, SimulatedService service)
    {
        _world = world;
        Current = Draw(unkind, service);
        Beside = habits.HasSecondCommand ? [.. Current.Where(_ => world.Happens(0.5)).Select((row, index) => Another(row, FirstBeside + index))] : [];
        Rows = [.. Current, .. Beside];
    }

    /// <summary>All that ever were in it, and those beside it.</summary>
    public IReadOnlyList<ServiceRequestUpdate> Rows { get; }

    /// <summary>Those of another command of the same connection.</summary>
    public IReadOnlyList<ServiceRequestUpdate> Beside { get; }

    /// <summary>Those that are in it now.</summary>
    public IReadOnlyList<ServiceRequestUpdate> Current { get; private set; }

    /// <summary>Somebody saves it again: with other line ends, or without what the user saw done.</summary>
    /// <param name="told">What the run before told.</param>
    /// <param name="hasLost">Whether the disk lost what was written.</param>
    public void SaveAgain(IReadOnlyDictionary<long, UpdateResult> told, bool hasLost)
    {
        if (_world.Happens(0.3) && Rows.Any(row => !IsDone(row, told)))
        {
            // Not of identical rows where the journal does not know how each ended: the first of two that is gone cannot be told
            // from the second.
            _world.Census.Count("resumed with a reduced file");
            Current = [.. Current.Where(row => !IsDone(row, told) || Rows.Any(same => same.Row != row.Row && KeyOf(same) == KeyOf(row) && !(!hasLost && IsWritten(same, told) && IsWritten(row, told))))];
        }

        if (_world.Happens(0.3))
        {
            _world.Census.Count("resumed with other line ends");
            Current = [.. Current.Select(row => row with { Changes = row.Changes with { Note = row.Changes.Note?.Replace("\r\n", "\n", StringComparison.Ordinal) } })];
        }
    }

    private static Guid KeyOf(ServiceRequestUpdate row) => JournalKey.HashOf(row.Id, row.Changes);

    private static bool IsDone(ServiceRequestUpdate row, IReadOnlyDictionary<long, UpdateResult> told) =>
        told.TryGetValue(row.Row, out UpdateResult? result) && result.Outcome == UpdateOutcome.Succeeded;

    private static bool IsWritten(ServiceRequestUpdate row, IReadOnlyDictionary<long, UpdateResult> told) =>
        told.TryGetValue(row.Row, out UpdateResult? result) && result.Error?.ErrorId is not (ErrorIds.NotSent or ErrorIds.InvalidJournal);

    private List<ServiceRequestUpdate> Draw(Unkindness unkind, SimulatedService service)
    {
        string[] ids = [.. Enumerable.Range(1, unkind.HasOutageOnly || unkind.PoisonedId is not null || _world.Happens(0.1) ? 9 : _world.Chance.Next(1, 4)).Select(number => (1000000000 + number).ToString(CultureInfo.InvariantCulture))];
        foreach (string id in ids)
        {
            service.Add(id);
        }

        List<ServiceRequestUpdate> rows = [];
        int count = ids.Length > 3 ? 18 : _world.Chance.Next(1, 9);
        for (int row = 1; row <= count; row++)
        {
            ServiceRequestUpdate? same = rows.Count > 0 && _world.Happens(0.25) ? _world.Pick([.. rows]) : null;
            ServiceRequestUpdate drawn = new(row, same?.Id ?? (ids.Length > 3 ? ids[row % ids.Length] : _world.Pick(ids)), null, same is null ? Changes(row) : Again(same.Changes, row));
            rows.Add(drawn);
            if (drawn.Changes.Note is { } note && same is null && !unkind.HasFrozenCopy && !unkind.LosesOne && _world.Happens(0.1))
            {
                service.AddOldNote(drawn.Id, note);
            }
        }

        return rows;
    }

    /// <summary>Mostly the same, of another command.</summary>
    private ServiceRequestUpdate Another(ServiceRequestUpdate row, int number) => row with { Row = number, Changes = _world.Happens(0.7) ? row.Changes : Changes(number) };

    /// <summary>The same once more; or, in some worlds, the same note with another state, by no chance of its own.</summary>
    private ServiceRequestChanges Again(ServiceRequestChanges changes, int row)
    {
        if (_world.Seed % 11 != 9 || changes.Note is null)
        {
            return changes;
        }

        _world.Census.Count("the same note with another state");
        return changes with { Status = row % 3 == 0 ? null : row % 3 == 1 ? ServiceRequestStatus.Closed : ServiceRequestStatus.AttentionNeeded };
    }

    private ServiceRequestChanges Changes(int row)
    {
        string text = _world.Pick($"note {row}", $"a  b\r\n{row}", $"x < y & {row}", $"caf\u00e9 {row}", $"\uD83D\uDE00 {row}", $"a long note of row {row}");
        ServiceRequestStatus status = _world.Pick(ServiceRequestStatus.Closed, ServiceRequestStatus.AttentionNeeded, ServiceRequestStatus.Open);
        return _world.Chance.Next(4) switch
        {
            0 => new() { Status = status },
            1 => new() { Note = text, Status = status },
            _ => new() { Note = text },
        };
    }
}
