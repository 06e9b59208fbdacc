using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>Updates against a plain loop of the same width.</summary>
internal static class UpdateRuns
{
    private const int Width = 8;
    private const int Requests = 2000;
    private const string Pipe = "$args[0] | Update-PartnerServiceRequest -ThrottleLimit 8 | ForEach-Object { }";

    public static async Task RunAsync(bool isShort)
    {
        if (isShort)
        {
            await SideBySideAsync("updates, no latency, width 8", "0.75", 500, TimeSpan.Zero, journal: false);
            await SideBySideAsync("updates, no latency, width 8, journal", "0.60", 500, TimeSpan.Zero, journal: true);
            return;
        }

        await SideBySideAsync("updates, 50 ms latency, width 8", "0.97", 400, TimeSpan.FromMilliseconds(50), journal: false);
        await SideBySideAsync("updates, no latency, width 8", "0.75", Requests, TimeSpan.Zero, journal: false);
        await SideBySideAsync("updates, no latency, width 8, journal", "0.60", Requests, TimeSpan.Zero, journal: true);
    }

    private static async Task SideBySideAsync(string name, string atLeast, int count, TimeSpan latency, bool journal)
    {
        using TestServer server = TestServer.Start(new() { Generation = Generation.Older, Data = SampleData.Create(2 * Report.Runs * count), Latency = latency, HonoursRequestIds = false });
        using Engine engine = new(server);
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        int run = 0;
        await Report.SpeedAsync(
            name,
            atLeast,
            () => PlainLoop.UpdateAsync(server, Updates(count, ++run), Width),
            () => Task.FromResult(Module(engine, Updates(count, ++run), journal ? Path.Combine(folder, $"{run}.jsonl") : null)));
        Directory.Delete(folder, recursive: true);
    }

    private static TimeSpan Module(Engine engine, IEnumerable<(string Id, string Note)> updates, string? journal)
    {
        object[] rows = [.. updates.Select(update =>
        {
            System.Management.Automation.PSObject row = new();
            row.Properties.Add(new System.Management.Automation.PSNoteProperty("Id", update.Id));
            row.Properties.Add(new System.Management.Automation.PSNoteProperty("Note", update.Note));
            return (object)row;
        })];
        return journal is null ? engine.Run(Pipe, null, [rows]) : engine.Run(Pipe.Replace("-ThrottleLimit", "-JournalPath $args[1] -ThrottleLimit", StringComparison.Ordinal), null, [rows, journal]);
    }

    private static IEnumerable<(string Id, string Note)> Updates(int count, int run) =>
        Enumerable.Range((run - 1) * count, count).Select(i => (SampleData.Id(i), $"note {i}"));
}
