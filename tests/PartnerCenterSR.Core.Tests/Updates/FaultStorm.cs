using System.Collections.Generic;
using System.Linq;
using System;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;
using Xunit.Abstractions;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>2,000 notes to a service that misbehaves at every fourth call. A class for each kind of service, so that they run side by side.</summary>
public abstract class FaultStorm(ITestOutputHelper output)
{
    private static readonly Fault[] Faults =
    [
        Fault.Instead(429) with { Answer = new EmulatedAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } } },
        Fault.Instead(500),
        Fault.Instead(503),
        Fault.After(503),
        new(false, FaultEnding.Cut),
        new(true, FaultEnding.Cut),
        new(true, FaultEnding.Silence),
        Fault.After(200, "{\"id\": garb"),
        new(true, FaultEnding.HalfAnAnswer),
        Fault.Instead(502, "<html>Bad gateway</html>"),
    ];

    protected void Run(bool honours, bool older)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        const int Requests = 100;
        const int Notes = 2000;

        // Requests whose notes are old in any time zone.
        const int First = 20;
        using TestServer server = TestServer.Start(new()
        {
            Generation = older ? Generation.Older : Generation.Current,
            Data = SampleData.Create(First + Requests),
            HonoursRequestIds = honours,
            Misbehave = _ =>
            {
                lock (random)
                {
                    return random.Next(4) == 0 ? Faults[random.Next(Faults.Length)] : null;
                }
            },
        });
        using PartnerSession session = Connected.To(server, timeoutSeconds: 0.7);

        // Every tenth note is the same as the one before it on its request.
        string[] texts = [.. Enumerable.Range(0, Notes).Select(i => i / Requests % 10 == 9 ? $"note {i - Requests}" : $"note {i}")];
        List<UpdateResult> results = Connected.Run(session, texts.Select((text, i) => Connected.Note(i + 1, SampleData.Id(First + (i % Requests)), text)), width: 16);
        Assert.Equal(Enumerable.Range(1, Notes).Select(row => (long)row), results.Select(result => result.Update.Row));
        int unsure = 0;
        for (int request = 0; request < Requests; request++)
        {
            UpdateResult[] own = [.. results.Where((_, i) => i % Requests == request)];
            UpdateResult[] others = [.. own.Where(result => result.Outcome != UpdateOutcome.Succeeded)];
            string told = string.Join('\n', others.Select(result => $"{result.Update.Row} after {result.Attempts} attempts: {result.Error}"));
            Assert.All(others, result => Assert.True(result.Error!.ErrorId is ErrorIds.OutcomeUnknown or ErrorIds.NotSent, told));
            string[] sure = [.. own.Where(result => result.Outcome == UpdateOutcome.Succeeded).Select(Text)];
            string[] most = [.. own.Where(result => result.Outcome is UpdateOutcome.Succeeded or UpdateOutcome.Unknown).Select(Text)];
            string[] there = [.. server.Service.NotesOf(SampleData.Id(First + request)).Skip(1)];
            Assert.True(there.SequenceEqual(sure) || there.SequenceEqual(most), $"{told}\n{string.Join(", ", there)}");
            unsure += others.Length > 0 ? 1 : 0;
            output.WriteLine(told);
        }

        // Where a lost answer cannot be made up for, that is told; but it must be rare.
        Assert.InRange(unsure, 0, 2);
        static string Text(UpdateResult result) => result.Update.Changes.Note!;
    }
}
