using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What an earlier process wrote of the time, and who goes on with it.</summary>
public sealed partial class SideBySideTests
{
    [Fact]
    public async Task By_a_time_that_was_a_day_ahead_nothing_is_old_a_day_later_either()
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now.AddHours(-30);
        await store.LeaveAsync(Note, time: began, ahead: 100000);
        _service.Here(() =>
        {
            _service.Notes.RemoveAll(note => note.Text == "first");
            _service.Session.Notes.Of("1").ToList().ForEach(note => _service.Session.Notes.Remove("1", note.Id!));
            _service.Notes.Add(("n", began.AddSeconds(1)));
            _service.Start("one", Note, store: store);
            _service.Pass(300);
        });
        Assert.Equal((1, 0), (Ours, _service.Patches));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(6.0)]
    public async Task A_machine_with_another_date_may_go_on(double off)
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now;
        await store.LeaveAsync(Note, time: began.AddSeconds(off), ahead: -off);
        _service.Here(() =>
        {
            _service.Notes.Insert(0, ("another text", began.AddHours(-1)));
            _service.Start("one", Note, store: store);
            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (Ours, _service["one"].Outcome));
    }

    [Fact]
    public void What_came_while_the_intent_was_written_is_not_ours_to_who_goes_on()
    {
        byte[]? crashed = null;
        bool isSlow = false;
        MemoryStore? store = null;
        store = new()
        {
            Flushing = () =>
            {
                if (isSlow)
                {
                    isSlow = false;
                    _service.Pass(30);
                    ColleagueWrites();
                    _service.Pass(30);
                }
            },
        };
        using CancellationTokenSource stop = new();
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    crashed = [.. store.Bytes];
                    return SideBySide.Refuse(request, 504);
                }

                return null;
            };
            isSlow = true;
            _service.Start("one", Note, store: store, stop: stop.Token);
            stop.Cancel();
            _service.Pass(5);
            _service.Start("two", Note, store: MemoryStore.Left(crashed!));
            _service.Pass(300);
        });
        Assert.False(Ours == 1 && _service["two"].Outcome == UpdateOutcome.Succeeded);
    }

    [Theory]
    [InlineData(0.0, UpdateOutcome.Succeeded, 2)]
    [InlineData(-10.0, UpdateOutcome.Unknown, 1)]
    public async Task What_another_process_put_there_proves_the_dates_of_the_clock_that_it_had(double ahead, UpdateOutcome outcome, int patches)
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now.AddHours(-1);
        await store.LeaveAsync(new() { Note = "m" }, outcome: UpdateOutcome.Succeeded, time: began, ahead: ahead, seen: began.AddSeconds(ahead + 1));
        SideBySide service = new();
        Thread thread = new(() =>
        {
            service.Notes.AddRange([("m", began.AddSeconds(ahead)), ("another", began.AddMinutes(9))]);
            service.Does = (request, number) => number == 1 ? SideBySide.Refuse(request, 504) : null;
            using (service.Start("one", Note, store: store))
            {
                service.Pass(300);
            }
        });
        thread.Start();
        thread.Join();
        Assert.Equal((outcome, patches), (service["one"].Outcome, service.Patches));
    }
}
