using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>What a run does at a service that is down, away for a while, or fails now and then.</summary>
internal static class OutageRuns
{
    private const int First = 20;
    private static readonly Fault Down = Fault.Instead(503);

    public static void Run()
    {
        Report.Line("5,000 rows, service down from the start", Measure(5000, 8, string.Empty, (_, _) => Down));
        Report.Line("2,000 rows", Measure(2000, 8, string.Empty, (_, _) => null));
        Report.Line("the same, service away for 30 s in the middle", Measure(2000, 8, string.Empty, Away(TimeSpan.FromSeconds(30))));
        Report.Line("1,000 rows", Measure(1000, 8, string.Empty, (_, _) => null));
        Report.Line("the same, one request always fails", Measure(1000, 8, "-ErrorAction SilentlyContinue", (call, _) => call.Method == "PATCH" && call.Uri.AbsolutePath.EndsWith(SampleData.Id(First), StringComparison.Ordinal) ? Down : null));
        Report.Line("1,000 rows, -Quiet", Measure(1000, 8, "-Quiet", (_, _) => null));
        Report.Line("2,000 rows, width 32", Measure(2000, 32, string.Empty, (_, _) => null));
        Random random = new(1);
        Report.Line("the same, a quarter of the calls fail", Measure(2000, 32, string.Empty, (_, _) => random.Next(4) == 0 ? Down : null));
    }

    private static Func<EmulatedCall, TimeSpan, Fault?> Away(TimeSpan time)
    {
        TimeSpan? from = null;
        int calls = 0;
        return (_, now) =>
        {
            if (++calls == 1000)
            {
                from = now;
            }

            return now < from + time ? Down : null;
        };
    }

    private static string Measure(int rows, int width, string switches, Func<EmulatedCall, TimeSpan, Fault?> misbehave)
    {
        int calls = 0;
        Stopwatch stopwatch = new();
        using TestServer server = TestServer.Start(new()
        {
            Data = SampleData.Create(First + rows),
            Misbehave = call =>
            {
                lock (stopwatch)
                {
                    calls += stopwatch.IsRunning ? 1 : 0;
                    return stopwatch.IsRunning ? misbehave(call, stopwatch.Elapsed) : null;
                }
            },
        });
        using Engine engine = new(server);
        engine.Run("Connect-PartnerCenter -AccessToken $args[0] -Endpoint $args[1] -SettleTimeSec 1 | Out-Null", server.Token, server.Endpoint);
        object[] input = [.. Enumerable.Range(First, rows).Select(i =>
        {
            PSObject row = new();
            row.Properties.Add(new PSNoteProperty("Id", SampleData.Id(i)));
            row.Properties.Add(new PSNoteProperty("Note", "note"));
            return (object)row;
        })];
        lock (stopwatch)
        {
            stopwatch.Start();
        }

        string told = engine.Tell($"try {{ $args[0] | Update-PartnerServiceRequest -ThrottleLimit {width} {switches} -InformationVariable told -WarningVariable warned 3>$null 6>$null | ForEach-Object {{ }} }} catch {{ $ended = \" $(($_.FullyQualifiedErrorId -split ',')[0])\" }}; \"$told$ended, $($warned.Count) warnings\"", [input]);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stopwatch.Elapsed.TotalSeconds:0.0} s | {Volatile.Read(ref calls):N0} calls | {told}");
    }
}
