using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>One run of the real engine, on a machine that may sleep, lose its power or be stopped by its user.</summary>
internal sealed class SimulatedProcess(
    World world, Unkindness unkind, SimulatedService service, SimulatedDisk disk, SimulatedInput input, Habits habits, Dictionary<long, UpdateResult> told, List<string> violations, CertaintyRules rules)
{
    private const int LongestRun = 200_000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(6);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);
    private static readonly Uri Endpoint = new("https://service.example");

    /// <summary>One process, from its start to its end.</summary>
    /// <param name="hasJournal">Whether it keeps the journal.</param>
    /// <param name="beside">The rows of another command of its connection. Empty: there is none.</param>
    /// <param name="dieAfter">The step at which it is killed. Null: it is not.</param>
    /// <param name="mayStop">Whether the user stops it in the middle.</param>
    /// <returns>Whether it was stopped.</returns>
    public bool Run(bool hasJournal, IReadOnlyList<ServiceRequestUpdate> beside, int? dieAfter, bool mayStop)
    {
        MachineTime time = new(world, unkind.IsKind ? TimeSpan.Zero : world.Seconds(-3600, 3600));
        SimulatedMachine machine = new(world, time);
        SimulatedWire wire = new(service, machine, time);
        ConnectionSettings settings = new() { Endpoint = Endpoint, SettleTime = Unkindness.SettleTime, MaximumRetryCount = world.Chance.Next(unkind.HasOutageOnly ? 2 : 0, 5) };
        PartnerSession session = new(settings, new StaticTokenSource("token", SignInFacts.None), wire, new EndpointThrottle(machine), machine);
        if (world.Happens(0.8) || unkind.IsKind)
        {
            // As a connection that was validated.
            session.ServiceClock.Saw(new(200, []) { Date = unkind.Shown(world.Now), ReceivedAt = machine.Now });
        }

        disk.IsFull = false;
        disk.LinesUntilCut = dieAfter is not null && world.Happens(0.5) ? world.Chance.Next(1, 3 * input.Rows.Count) : 0;
        JournalFile? journal = hasJournal ? JournalFile.Open(disk.Open(), new(Endpoint.Authority, null, null), machine) : null;
        SimulatedCommand Start(JournalFile? kept, IEnumerable<ServiceRequestUpdate> rows)
        {
            UpdateWishes wishes = new(world.Chance.Next(1, 5)) { SkipUnchanged = habits.SkipsUnchanged, IsQuiet = habits.IsQuiet };
            return new(world, new(session, wishes, kept, new(new SilentObserver(), CancellationToken.None), () => { }, new CountingJudge(world, rules)), rows, told, violations);
        }

        List<SimulatedCommand> commands = [Start(journal, input.Current)];
        if (beside.Count > 0)
        {
            commands.Add(Start(null, beside));
        }

        service.HasEnded = () => commands.TrueForAll(command => command.HasEnded);
        int stopAfter = mayStop ? world.Chance.Next(1, 40 * input.Rows.Count) : int.MaxValue;
        for (int step = 1; ; step++)
        {
            if (step == dieAfter || disk.WasCut)
            {
                Kill(time, journal, isPowerCut: disk.WasCut || world.Happens(0.3));
                return false;
            }

            if (step == stopAfter)
            {
                return Stop(commands, journal, time);
            }

            if (unkind is { IsKind: false, HasOutageOnly: false, PoisonedId: null } && world.Happens(0.0005))
            {
                Disturb(time);
            }

            commands.ForEach(command => command.Feed(unkind.HasOutageOnly ? 1 : 0.5));
            commands.ForEach(command => command.Take());
            if (commands.TrueForAll(command => command.IsDone))
            {
                break;
            }

            if ((!world.Step() && commands.TrueForAll(command => command.IsFed)) || step > LongestRun || world.Now > LongestTime.Ticks)
            {
                violations.Add($"hang: {told.Count} told");
                time.Die();
                journal?.Dispose();
                return true;
            }
        }

        commands.ForEach(command => command.StopAsync());
        journal?.Dispose();
        if (disk.WasCut)
        {
            world.Tell("the power is cut at the very end");
            disk.Crash(loosesPower: true);
        }

        world.ForgetReady();
        time.Die();
        return false;
    }

    private void Kill(MachineTime time, JournalFile? journal, bool isPowerCut)
    {
        time.Die();
        world.ForgetReady();
        disk.Crash(isPowerCut);

        // The dead process writes no more; only its lock is let go.
        disk.IsFull = true;
        journal?.Dispose();
        disk.Crash(loosesPower: false);
        world.Tell(isPowerCut ? "the power is cut" : "the process is killed");
        world.Census.Count(isPowerCut ? "power cut" : "killed");
    }

    private bool Stop(List<SimulatedCommand> commands, JournalFile? journal, MachineTime time)
    {
        world.Tell("the user stops it");
        world.Census.Count("stopped");
        Task idle = Task.WhenAll(commands.ConvertAll(command => command.StopAsync()));
        service.MayBeCalled = false;
        long until = world.Now + Grace.Ticks;
        for (int step = 0; !idle.IsCompleted && step < LongestRun; step++)
        {
            if (world.Now > until)
            {
                commands.ForEach(command => command.CancelAsync());
            }

            if (!world.Step())
            {
                break;
            }
        }

        commands.ForEach(command => command.Take());
        if (!idle.IsCompleted)
        {
            violations.Add($"hang: does not stop ({told.Count} told)");
        }

        journal?.Dispose();
        time.Die();
        return true;
    }

    private void Disturb(MachineTime time)
    {
        if (world.Happens(0.2))
        {
            world.Tell("the disk is full");
            world.Census.Count("disk full");
            disk.IsFull = true;
        }
        else if (world.Happens(0.5))
        {
            TimeSpan sleep = world.Seconds(5, 4000);
            world.Tell($"the machine sleeps for {sleep.TotalSeconds:0} s");
            world.Census.Count("machine slept");
            time.Sleep(sleep);
        }
        else
        {
            world.Census.Count("wall clock set");
            time.SetWall(world.Seconds(-7200, 7200));
        }
    }
}
