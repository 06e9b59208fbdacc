using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>One world: rows, an unkind service, processes that die and are started again. All of it follows from the seed.</summary>
internal sealed class Simulation
{
    private readonly World _world;
    private readonly Unkindness _unkind;
    private readonly SimulatedService _service;
    private readonly CertaintyRules _rules;
    private readonly Habits _habits;
    private readonly SimulatedDisk _disk;
    private readonly SimulatedInput _input;
    private readonly Dictionary<long, UpdateResult> _told = [];
    private readonly List<string> _violations = [];

    private Simulation(int seed, CertaintyRules rules)
    {
        _world = new(seed);
        _rules = rules;
        _unkind = Unkindness.Draw(_world);
        _world.Tell(_unkind.ToString());
        _service = new(_world, _unkind);
        _disk = new(_world);
        _habits = Habits.Draw(_world, _unkind);
        _input = new(_world, _unkind, _habits, _service);
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
        foreach (SimulatedRequest request in _service.Requests.SelectMany(request => new[] { request, request, request }).Where(_ => _world.Happens(_unkind.OtherHands)).ToList())
        {
            _world.After(_world.Seconds(0, 45), () => _service.OtherHand(request));
        }

        foreach (ServiceRequestUpdate row in _input.Rows.Where(row => _habits.HasColleague && row.Changes.Note is not null))
        {
            _world.After(_world.Seconds(0, _world.Pick(2, 20, 90, 600)), () => _service.WriteTheSame(row));
        }

        bool hasJournal = !_unkind.HasFrozenCopy && _world.Happens(0.7);
        bool isUnplugged = !_unkind.IsKind && !_unkind.HasOutageOnly && _unkind.PoisonedId is null;
        bool wasStopped = false;
        int crashes = isUnplugged && hasJournal && _habits.MayBeKilled && _world.Happens(0.5) ? _world.Chance.Next(1, 4) : 0;
        for (int process = 0; process <= crashes && !wasStopped; process++)
        {
            bool dies = process < crashes;
            if (process > 0)
            {
                _input.SaveAgain(_told, _disk.HasLost);
                _input.Current.ToList().ForEach(row => _told.Remove(row.Row));
            }

            wasStopped = new SimulatedProcess(_world, _unkind, _service, _disk, _input, _habits, _told, _violations, _rules)
                .Run(hasJournal, process == 0 ? _input.Beside : [], dies ? _world.Chance.Next(1, 40 * _input.Rows.Count) : null, mayStop: isUnplugged && !dies && _world.Happens(0.1));
            _world.Advance(_world.Seconds(0, 20));
        }

        // What was under way at the service comes to its end.
        _service.MayBeCalled = false;
        while (_world.Step())
        {
        }

        _violations.AddRange(new Checker(_world, _unkind, _habits, _service, _input, _told, crashes > 0, _rules).Check(wasStopped));
        return new(seed, _violations, _world.Story, _world.Census);
    }
}
