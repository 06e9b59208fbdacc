using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Whose turn it is with -SkipUnchanged, and what it then looks at.</summary>
public sealed partial class SideBySideTests
{
    [Fact]
    public void A_copy_from_before_its_turn_shows_nothing()
    {
        using CancellationTokenSource stop = new();
        _service.Here(() =>
        {
            ApiResponse? kept = null;
            DateTimeOffset keptAt = default;
            _service.Does = (request, number) =>
            {
                if (number == 0)
                {
                    if (kept is null || _service.Now - keptAt > TimeSpan.FromSeconds(60))
                    {
                        (kept, keptAt) = (_service.Carry(request), _service.Now);
                        return Task.FromResult(kept);
                    }

                    return Task.FromResult(kept with { ReceivedAt = _service.Clock.Now, Age = TimeSpan.FromSeconds(Math.Floor((_service.Now - keptAt).TotalSeconds)) });
                }

                if (number == 1)
                {
                    kept = null;
                    _ = _service.LaterAsync(24, () => _service.Carry(request));
                    return SideBySide.Refuse(request, 504);
                }

                return null;
            };
            _service.Start("one", Note, skipUnchanged: true, stop: stop.Token);
            _service.Pass(2);
            _service.Start("two", Note, skipUnchanged: true);
            _service.Pass(2);
            kept = null;
            stop.Cancel();
            _service.Pass(400);
        });
        Assert.Equal(1, Ours);
    }

    [Theory]
    [InlineData(29.0)]
    [InlineData(29.5)]
    [InlineData(29.75)]
    [InlineData(30.0)]
    [InlineData(30.25)]
    [InlineData(30.5)]
    public async Task Who_goes_on_with_an_earlier_run_has_a_turn_too(double at)
    {
        MemoryStore store = new();
        await store.LeaveAsync(Note, time: _service.Now.AddMinutes(-5));
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? _service.LaterAsync(0.5, () => _service.Carry(request)) : _service.LaterAsync(2, () => _service.Carry(request));
            _service.Start("one", Note, skipUnchanged: true, store: store);
            _service.Pass(at);
            _service.Start("two", Note, skipUnchanged: true);
            _service.Pass(400);
        });
        Assert.Equal(1, Ours);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void What_is_said_to_be_of_no_age_is_no_copy(int retries)
    {
        _service = new(retries: retries, delay: 0.5);
        int reads = 0;
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                reads += number == 0 ? 1 : 0;
                return Task.FromResult(_service.Carry(request) with { Age = TimeSpan.Zero });
            };
            _service.Start("one", Note, skipUnchanged: true);
            _service.Pass(60);
        });
        Assert.Equal((UpdateOutcome.Succeeded, 2), (_service["one"].Outcome, reads));
    }
}
