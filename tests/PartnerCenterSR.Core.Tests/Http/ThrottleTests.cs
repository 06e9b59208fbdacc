using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using System.Threading;
using System;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>One call that is told to wait makes all wait.</summary>
public sealed class ThrottleTests
{
    private static readonly RecordingObserver Observer = new();

    [Fact]
    public async Task Nobody_passes_before_the_pause_is_over_and_then_one_by_one()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        await gate.EnterAsync(Observer, CancellationToken.None);
        Assert.Equal((TimeSpan.FromSeconds(2), false), gate.Pause(TimeSpan.FromSeconds(2)));
        gate.Leave(succeeded: false);
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(Observer, CancellationToken.None))];
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(2));
        await Task.WhenAny(waiting);
        Assert.Equal(1, waiting.Count(task => task.IsCompleted));
        Task[] others = [.. waiting.Where(task => !task.IsCompleted)];
        gate.Leave(succeeded: true);
        await Task.WhenAny(others);
        Assert.InRange(waiting.Count(task => task.IsCompleted), 2, 3);
    }

    [Fact]
    public void Without_a_word_on_how_long_the_pauses_grow()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        Assert.Equal([1, 2, 4], Enumerable.Range(0, 3).Select(_ => gate.Pause(null).Pause.TotalSeconds));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        gate.Pause(TimeSpan.FromHours(1));
        using CancellationTokenSource cancel = new();
        Task entering = gate.EnterAsync(Observer, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_quota_is_kept_to(bool asDate)
    {
        const int Width = 16;
        QuotaService quota = new(asDate);
        using TestServer server = TestServer.Start(new() { Generation = Generation.Older, Misbehave = _ => quota.Judge() });
        using PartnerSession session = Connected.To(server, timeoutSeconds: 30);
        List<UpdateResult> results = Connected.Run(
            session, Enumerable.Range(1, 160).Select(row => Connected.Note(row, SampleData.Id(row % 24), $"note {row}")), Width);
        Assert.All(results, result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.NotEqual(0, quota.Refusals);

        // What was on its way already when the 429 set out cannot be held back: at most the others of the width.
        Assert.InRange(quota.MostDuringOnePause, 0, Width - 1);
    }

    [Theory]
    [InlineData("Rate limit is exceeded. Try again in 57 seconds.", 57)]
    [InlineData("Slow down.", null)]
    public void The_gateways_seconds_are_in_its_words(string message, int? seconds) =>
        Assert.Equal(seconds, RetryAfter.Read(null, null, DateTimeOffset.UtcNow, message)?.TotalSeconds);

    [Fact]
    public void A_date_is_read_against_the_services_own_clock()
    {
        DateTimeOffset service = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(30, RetryAfter.Read(new(service.AddSeconds(30)), service, DateTimeOffset.UtcNow, null)!.Value.TotalSeconds);
    }

    /// <summary>40 requests a second, and whoever asks for more makes all wait for two.</summary>
    private sealed class QuotaService(bool asDate)
    {
        private readonly Queue<long> _lately = new();
        private long _closedUntil;
        private int _duringPause;

        public int Refusals { get; private set; }

        public int MostDuringOnePause { get; private set; }

        public Fault? Judge()
        {
            lock (_lately)
            {
                long now = Stopwatch.GetTimestamp();
                if (now < _closedUntil)
                {
                    MostDuringOnePause = Math.Max(MostDuringOnePause, ++_duringPause);
                    return Refuse();
                }

                while (_lately.Count > 0 && now - _lately.Peek() > Stopwatch.Frequency)
                {
                    _lately.Dequeue();
                }

                if (_lately.Count >= 40)
                {
                    // A date has whole seconds: the service means the start of one.
                    _closedUntil = now + (long)(Stopwatch.Frequency * (asDate ? 1.0 : 2.0));
                    _duringPause = 0;
                    return Refuse();
                }

                _lately.Enqueue(now);
                return null;
            }
        }

        private Fault Refuse()
        {
            Refusals++;
            string value = asDate ? DateTime.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture) : "2";
            return Fault.Instead(429) with { Answer = new EmulatedAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = value } } };
        }
    }
}
