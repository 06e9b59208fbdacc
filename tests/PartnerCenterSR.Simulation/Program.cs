using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>Without arguments: 100,000 worlds. A number: so many, with "from N" of these seeds. "seed N": that world, told. "rules": which seed misses each rule.</summary>
internal static class Program
{
    private const int RuleSeeds = 2_000;

    private static int Main(string[] args) => args switch
    {
        ["seed", var seed] => Tell(int.Parse(seed, CultureInfo.InvariantCulture)),
        ["rules"] => Rules(RuleSeeds),
        ["rules", var count] => Rules(int.Parse(count, CultureInfo.InvariantCulture)),
        [var count, "from", var first] => Soak(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(first, CultureInfo.InvariantCulture)),
        [var count] => Soak(int.Parse(count, CultureInfo.InvariantCulture)),
        _ => Soak(100_000),
    };

    /// <summary>The first seed in which a rule that is left out is missed. Null: none.</summary>
    public static SimulationResult? FirstMissing(CertaintyRules rule, int seeds = RuleSeeds) =>
        Enumerable.Range(1, seeds).Select(seed => Simulation.Run(seed, CertaintyRules.All & ~rule)).FirstOrDefault(result => result.Violations.Count > 0);

    private static int Tell(int seed)
    {
        SimulationResult result = Simulation.Run(seed);
        Console.WriteLine(result);
        return result.Violations.Count;
    }

    private static int Rules(int seeds)
    {
        Console.WriteLine("| Rule left out | Seed that misses it | What goes wrong |");
        Console.WriteLine("| --- | --- | --- |");
        int missing = 0;
        foreach (CertaintyRules rule in Enum.GetValues<CertaintyRules>().Where(rule => rule is not (CertaintyRules.None or CertaintyRules.All)))
        {
            SimulationResult? result = FirstMissing(rule, seeds);
            missing += result is null ? 1 : 0;
            Console.WriteLine($"| {rule} | {result?.Seed.ToString(CultureInfo.InvariantCulture) ?? "none"} | {result?.Violations[0]} |");
        }

        return missing;
    }

    private static int Soak(int count, int first = 1)
    {
        Stopwatch stopwatch = Stopwatch.StartNew();
        ConcurrentBag<SimulationResult> bad = [];
        Census census = new();
        Parallel.For(first, first + count, seed =>
        {
            SimulationResult result = Simulation.Run(seed);
            if (result.Violations.Count > 0)
            {
                bad.Add(result);
            }

            lock (bad)
            {
                census.Add(result.Census);
            }
        });
        foreach (System.Collections.Generic.KeyValuePair<string, int> met in census.Met)
        {
            Console.WriteLine($"{met.Value,9:N0}  {met.Key}");
        }

        foreach (SimulationResult result in bad.OrderBy(result => result.Story.Count).Take(3))
        {
            Console.WriteLine(result);
        }

        Console.WriteLine($"{count:N0} worlds in {stopwatch.Elapsed.TotalSeconds:0} s ({count / stopwatch.Elapsed.TotalSeconds:0} a second), {bad.Count} bad: {string.Join(", ", bad.Select(result => result.Seed).Order().Take(20))}");
        return bad.IsEmpty ? 0 : 1;
    }
}
