using System;
using System.Threading.Tasks;
using BenchmarkDotNet.Running;

namespace PartnerCenterSR.Benchmarks;

/// <summary>Without arguments: every side-by-side run. With "short": a few numbers in half a minute. With "outages": runs at a service that is down or fails. With "reading": the micro benchmarks.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        if (args is ["reading", ..])
        {
            BenchmarkRunner.Run<ReadingBenchmarks>();
            return;
        }

        if (args is ["outages"])
        {
            Console.WriteLine("| Run | Time | Calls | Told |");
            Console.WriteLine("| --- | --- | --- | --- |");
            OutageRuns.Run();
            return;
        }

        Console.WriteLine("| Measure | Plain | Module | Ratio | To reach |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        await UpdateRuns.RunAsync(isShort: args is ["short"]);
        if (args is ["updates"] or ["short"])
        {
            return;
        }

        await ListRuns.RunAsync();
        if (args.Length == 0)
        {
            await ProcessRuns.RunAsync();
        }
    }
}
