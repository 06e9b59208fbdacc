using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>A service that has a quota, over real HTTP.</summary>
public sealed class QuotaTests
{
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
