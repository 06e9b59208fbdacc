using System.Threading.Tasks;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>A list of 10,000: all of it, and its first object.</summary>
internal static class ListRuns
{
    public static async Task RunAsync()
    {
        using TestServer server = TestServer.Start(new() { Data = SampleData.Create(10_000) });
        using Engine engine = new(server);
        await Report.SpeedAsync(
            "list of 10,000, pages of 500",
            "",
            () => PlainLoop.ListAsync(server, null),
            () => Task.FromResult(engine.Run("Get-PartnerServiceRequest -PageSize 500 | ForEach-Object { }")));
        await FirstAsync("its first object, no latency (plain: its first page)", server, engine);
        using TestServer slow = TestServer.Start(new() { Data = SampleData.Create(10_000), Latency = System.TimeSpan.FromMilliseconds(50) });
        using Engine other = new(slow);
        await FirstAsync("its first object, 50 ms latency", slow, other);
    }

    private static Task FirstAsync(string name, TestServer server, Engine engine) => Report.SpeedAsync(
        name,
        "0.77",
        () => PlainLoop.ListAsync(server, 1),
        () => Task.FromResult(engine.Run("foreach ($once in 1) { Get-PartnerServiceRequest -PageSize 500 | ForEach-Object { break } }")));
}
