using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace PartnerCenterSR.Benchmarks;

/// <summary>Lines of the table.</summary>
internal static class Report
{
    private const int Rounds = 7;
    private const int WarmUp = 3;

    /// <summary>How often each of the two is run.</summary>
    public const int Runs = WarmUp + Rounds;

    /// <summary>Runs both in turn and reports how fast the module is, measured by the plain loop: the median of the ratios.</summary>
    public static async Task SpeedAsync(string name, string atLeast, Func<Task<TimeSpan>> plain, Func<Task<TimeSpan>> module)
    {
        // These do not count: they are for the compiler.
        for (int round = 0; round < WarmUp; round++)
        {
            await plain();
            await module();
        }

        List<(TimeSpan Plain, TimeSpan Module)> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            rounds.Add((await plain(), await module()));
        }

        Line(
            name,
            $"{Median(rounds.Select(round => round.Plain.TotalMilliseconds)):0} ms",
            $"{Median(rounds.Select(round => round.Module.TotalMilliseconds)):0} ms",
            $"{Median(rounds.Select(round => round.Plain / round.Module)):0.00}",
            atLeast);
    }

    public static void Line(params string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
