using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>One world: rows, an unkind service, processes that die and are started again. All of it follows from the seed.</summary>
internal sealed class Simulation
{
    private const int LongestRun = 200_000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(6);
    private static readonly Uri Endpoint = new("https://service.example");

    private readonly World _world;
    private readonly Unkindness _unkind;
    private readonly SimulatedService _service;
    private readonly CertaintyRules _rules;
    private readonly SimulatedDisk _disk;
    private readonly List<ServiceRequestUpdate> _rows;
    private readonly Dictionary<long, UpdateResult> _told = [];
    private readonly List<string> _violations = [];

    private Simulation(int seed, CertaintyRules rules)
    {
        _world = new(seed);
        _rules = rules;
        _unkind = Unkindness.Draw(_world);
        _service = new(_world, _unkind);
        _disk = new(_world);
        _rows = Rows();
    }

    /// <summary>Lives through a world.</summary>
    public static SimulationResult Run(int seed, CertaintyRules rules = CertaintyRules.All)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new Simulation(seed, rules).Live(seed);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private SimulationResult Live(int seed)
    {
        foreach (SimulatedRequest request in _service.Requests.Where(_ => _world.Happens(_unkind.OtherHands)).ToList())
        {
            _world.After(_world.Seconds(0, 60), () => _service.OtherHand(request));
        }

        bool hasJournal = _world.Happens(0.7);
        bool isUnplugged = !_unkind.IsKind;
        bool wasStopped = false;
        int crashes = isUnplugged && hasJournal && _world.Happens(0.5) ? _world.Chance.Next(1, 4) : 0;
        for (int process = 0; process <= crashes && !wasStopped; process++)
        {
            bool dies = process < crashes;
            wasStopped = RunProcess(hasJournal, dies ? _world.Chance.Next(1, 40 * _rows.Count) : null, mayStop: isUnplugged && !dies && _world.Happens(0.1));
            _world.Advance(_world.Seconds(0, 20));
            _told.Keys.Where(_ => dies).ToList().ForEach(row => _told.Remove(row));
        }

        // What was under way at the service comes to its end.
        _service.MayBeCalled = false;
        while (_world.Step())
        {
        }

        _violations.AddRange(new Checker(_world, _unkind, _service, _rows, _told, _rules).Check(wasStopped));
        return new(seed, _violations, _world.Story, _world.Census);
    }

    /// <summary>One process, from its start to its end.</summary>
    /// <param name="hasJournal">Whether it keeps the journal.</param>
    /// <param name="dieAfter">The step at which it is killed. Null: it is not.</param>
    /// <param name="mayStop">Whether the user stops it in the middle.</param>
    /// <returns>Whether it was stopped.</returns>
    private bool RunProcess(bool hasJournal, int? dieAfter, bool mayStop)
    {
        MachineTime time = new(_world, _unkind.IsKind ? TimeSpan.Zero : _world.Seconds(-3600, 3600));
        SimulatedMachine machine = new(_world, time);
        SimulatedWire wire = new(_service, machine, time);
        ConnectionSettings settings = new() { Endpoint = Endpoint, SettleTime = Unkindness.SettleTime, MaximumRetryCount = _world.Chance.Next(0, 5) };
        PartnerSession session = new(settings, new StaticTokenSource("token", SignInFacts.None), wire, new EndpointThrottle(machine), machine);
        if (_world.Happens(0.8) || _unkind.IsKind)
        {
            // As a connection that was validated.
            session.ServiceClock.Saw(new(200, []) { Date = _unkind.SendsDate ? _world.Date.AddTicks(-(_world.Date.Ticks % TimeSpan.TicksPerSecond)) : null, ReceivedAt = machine.Now });
        }

        CancellationTokenSource stop = new();
        JournalFile? journal = hasJournal ? JournalFile.Open(_disk.Open(), new(Endpoint.Authority, null, null), machine) : null;
        UpdateEngine engine = new(session, _world.Chance.Next(1, 5), journal, new(new SilentObserver(), stop.Token), () => { }, _rules);
        Queue<ServiceRequestUpdate> input = new(_rows);
        int told = 0;
        int stopAfter = mayStop ? _world.Chance.Next(1, 40 * _rows.Count) : int.MaxValue;
        for (int step = 1; ; step++)
        {
            if (step == dieAfter)
            {
                Kill(time, journal);
                return false;
            }

            if (step == stopAfter)
            {
                return Stop(engine, journal, machine, told);
            }

            if (!_unkind.IsKind && _world.Happens(0.0005))
            {
                Disturb(time);
            }

            if (input.Count > 0 && !engine.IsFull && _world.Happens(0.5))
            {
                engine.Post(input.Dequeue());
            }

            told += Take(engine);
            if (input.Count == 0 && engine.Outstanding == 0)
            {
                break;
            }

            if ((!_world.Step() && input.Count == 0) || step > LongestRun || _world.Now > LongestTime.Ticks)
            {
                _violations.Add($"hang: {told} of {_rows.Count} told");
                time.Die();
                journal?.Dispose();
                return true;
            }
        }

        engine.StopAsync();
        journal?.Dispose();
        _world.ForgetReady();
        time.Die();
        return false;
    }

    private void Kill(MachineTime time, JournalFile? journal)
    {
        time.Die();
        _world.ForgetReady();
        bool isPowerCut = _world.Happens(0.5);
        _disk.Crash(isPowerCut);

        // The dead process writes no more; only its lock is let go.
        _disk.IsFull = true;
        journal?.Dispose();
        _disk.IsFull = false;
        _disk.Crash(loosesPower: false);
        _world.Tell(isPowerCut ? "the power is cut" : "the process is killed");
        _world.Census.Count(isPowerCut ? "power cut" : "killed");
    }

    private bool Stop(UpdateEngine engine, JournalFile? journal, SimulatedMachine machine, int told)
    {
        _world.Tell("the user stops it");
        _world.Census.Count("stopped");
        System.Threading.Tasks.Task idle = engine.StopAsync();
        _service.MayBeCalled = false;
        for (int step = 0; !idle.IsCompleted && step < LongestRun; step++)
        {
            if (!_world.Step())
            {
                break;
            }
        }

        if (!idle.IsCompleted)
        {
            _violations.Add($"hang: does not stop ({told} told)");
        }

        journal?.Dispose();
        ((MachineTime)machine.Time).Die();
        return true;
    }

    private void Disturb(MachineTime time)
    {
        if (_world.Happens(0.5))
        {
            TimeSpan sleep = _world.Seconds(5, 4000);
            _world.Tell($"the machine sleeps for {sleep.TotalSeconds:0} s");
            _world.Census.Count("machine slept");
            time.Sleep(sleep);
        }
        else
        {
            _world.Census.Count("wall clock set");
            time.SetWall(_world.Seconds(-7200, 7200));
        }
    }

    private int Take(UpdateEngine engine)
    {
        int taken = 0;
        while (engine.TryTake(out UpdateResult result))
        {
            taken++;
            long row = result.Update.Row;
            if (!_told.TryAdd(row, result))
            {
                _violations.Add($"row {row} was told twice");
            }

            string kind = result.SkippedAs is not null ? "Skipped" : result.Error?.ErrorId == ErrorIds.NotSent ? "NotSent" : result.Outcome.ToString();
            _world.Census.Count("told: " + kind);
            if (result.Contradiction is not null)
            {
                _world.Census.Count("told: contradicted");
            }

            _world.Tell($"told: row {row} {kind} {result.Error?.ErrorId} {result.Contradiction}");
        }

        return taken;
    }

    private List<ServiceRequestUpdate> Rows()
    {
        string[] ids = [.. Enumerable.Range(1, _world.Chance.Next(1, 4)).Select(number => (1000000000 + number).ToString(CultureInfo.InvariantCulture))];
        foreach (string id in ids)
        {
            _service.Add(id);
        }

        List<ServiceRequestUpdate> rows = [];
        int count = _world.Chance.Next(1, 9);
        for (int row = 1; row <= count; row++)
        {
            ServiceRequestUpdate? same = rows.Count > 0 && _world.Happens(0.25) ? _world.Pick([.. rows]) : null;
            ServiceRequestChanges changes = same?.Changes ?? Changes(row);
            string id = same?.Id ?? _world.Pick(ids);
            rows.Add(new(row, id, null, changes));
            if (changes.Note is { } note && same is null && _world.Happens(0.1))
            {
                // The same note, from long ago.
                SimulatedRequest request = _service.Requests.Single(candidate => candidate.Id == id);
                request.Notes.Insert(0, (_service.Rewrite(note), _world.Date - _world.Seconds(600, 200_000) + _unkind.NoteSkew));
                request.Keep(0);
                _world.Census.Count("identical older note");
            }
        }

        return rows;
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
