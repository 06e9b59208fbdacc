using System;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>Dates prove something only where fresh things were seen dated as they should be.</summary>
public sealed class ServiceClockTests
{
    private static readonly DateTimeOffset Sent = new(2026, 1, 1, 12, 0, 7, TimeSpan.Zero);

    private static DateTime Local(double seconds) => Sent.AddSeconds(seconds).LocalDateTime;

    [Fact]
    public void It_goes_on_from_the_last_answer()
    {
        ServiceClock clock = new(new Clock(TimeProvider.System));
        Assert.Null(clock.At(Sent));
        clock.Saw(new(200, []) { ReceivedAt = Sent });
        Assert.Equal((true, null), (clock.HasAnswered, clock.At(Sent)));
        clock.Saw(new(200, []) { Date = Sent.AddHours(1), ReceivedAt = Sent });
        clock.Saw(new(200, []) { ReceivedAt = Sent.AddMinutes(1) });
        Assert.Equal(Sent.AddHours(1).AddSeconds(-2), clock.At(Sent.AddSeconds(-2)));
        Assert.Null(ServiceClock.Latest(new(200, [])));
        Assert.Equal(Sent.AddSeconds(1), ServiceClock.Latest(new(200, []) { Date = Sent }));
    }

    // Sent at 0, seen at 8: what lies between 3 and 5 proves, whenever in between it was made; what lies before -5 or after 13 contradicts.
    [Theory]
    [InlineData(2.9, false, false)]
    [InlineData(3, true, false)]
    [InlineData(5, true, false)]
    [InlineData(5.1, false, false)]
    [InlineData(-5, false, false)]
    [InlineData(-5.1, false, true)]
    [InlineData(13, false, false)]
    [InlineData(13.1, false, true)]
    public void A_date_proves_or_contradicts_or_neither(double at, bool keeps, bool contradicts)
    {
        ServiceClock notes = new(new Clock(TimeProvider.System));
        notes.SawFreshNote(Local(at), Sent, Sent.AddSeconds(8), Sent);
        Assert.Equal((keeps, false, contradicts), (notes.NotesKeepToIt, notes.ChangesKeepToIt, notes.IsContradicted));
        ServiceClock changes = new(new Clock(TimeProvider.System));
        changes.SawFreshChange(Local(at), Sent, Sent.AddSeconds(8), Sent);
        Assert.Equal((false, keeps, contradicts), (changes.NotesKeepToIt, changes.ChangesKeepToIt, changes.IsContradicted));
        ServiceClock known = new(new Clock(TimeProvider.System));
        known.SawKnownNote(Local(at), Sent, Sent.AddSeconds(8), Sent);
        Assert.Equal((keeps, false), (known.NotesKeepToIt, known.IsContradicted));
    }

    [Fact]
    public void What_was_seen_once_stays_seen()
    {
        ServiceClock clock = new(new Clock(TimeProvider.System));
        clock.SawFreshNote(Local(0), Sent, Sent, Sent);
        clock.SawFreshNote(Local(60), Sent, Sent, Sent);
        clock.SawFreshNote(Local(0), Sent, Sent, Sent);
        Assert.Equal((true, true), (clock.NotesKeepToIt, clock.IsContradicted));
        clock.SawFreshChange(Local(0), Sent, Sent, Sent);
        clock.SawFreshChange(Local(60), Sent, Sent, Sent);
        Assert.True(clock.ChangesKeepToIt);
        ServiceClock known = new(new Clock(TimeProvider.System));
        known.SawKnownNote(Local(0), Sent, Sent, Sent);
        known.SawKnownNote(Local(60), Sent, Sent, Sent);
        Assert.True(known.NotesKeepToIt);
    }

    [Fact]
    public void A_copy_tells_no_time()
    {
        ServiceClock clock = new(new Clock(TimeProvider.System));
        clock.Saw(new(200, []) { Date = Sent, ReceivedAt = Sent, Age = TimeSpan.FromSeconds(6) });
        Assert.Equal((false, null), (clock.HasAnswered, clock.At(Sent)));
    }

    // The machine sleeps, which one of its clocks misses; later its owner sets the other; then the service's clock jumps.
    [Theory]
    [InlineData(5, true, false)]
    [InlineData(6, false, false)]
    [InlineData(-6, false, false)]
    [InlineData(7200, false, false)]
    [InlineData(7201, false, true)]
    public void Neither_of_the_machines_clocks_makes_another_of_the_services_but_a_jump_does(double jump, bool keeps, bool contradicts)
    {
        HandClock machine = new();
        ServiceClock clock = new(machine);
        DateTimeOffset service = Sent;
        void Saw() => clock.Saw(new(200, []) { Date = service, ReceivedAt = machine.Now });
        Saw();
        clock.SawFreshNote(Local(0), Sent, Sent, Sent);
        machine.Face.Wall += TimeSpan.FromHours(3);
        service = service.AddHours(3);
        Saw();
        service = service.AddHours(1);
        machine.Face.Pass(3600);
        machine.Face.Wall += TimeSpan.FromHours(3);
        Saw();
        Assert.Equal((true, false), (clock.NotesKeepToIt, clock.IsContradicted));
        service = service.AddSeconds(jump);
        Saw();
        Assert.Equal((keeps, contradicts), (clock.NotesKeepToIt, clock.IsContradicted));

        // What was put there before it jumped says nothing of the clock that there is now; what is new does.
        clock.SawKnownNote(Local(0), Sent, Sent, Sent);
        Assert.Equal(keeps, clock.NotesKeepToIt);
        clock.SawFreshNote(Local(0), Sent, Sent, Sent);
        Assert.True(clock.NotesKeepToIt);
    }

    [Theory]
    [InlineData(-13, true)]
    [InlineData(-14, false)]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public void An_answer_is_dated_at_any_time_of_its_call(double jump, bool keeps)
    {
        HandClock machine = new();
        ServiceClock clock = new(machine);
        clock.Saw(new(200, []) { Date = Sent, ReceivedAt = machine.Now, Took = TimeSpan.FromSeconds(20) });
        clock.SawFreshNote(Local(0), Sent, Sent, Sent);
        clock.Saw(new(200, []) { Date = Sent.AddSeconds(jump), ReceivedAt = machine.Now, Took = TimeSpan.FromSeconds(8) });
        Assert.Equal(keeps, clock.NotesKeepToIt);
    }
}
