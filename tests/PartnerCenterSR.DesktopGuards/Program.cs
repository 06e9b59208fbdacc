using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace PartnerCenterSR.DesktopGuards;

/// <summary>A line a guard: what holds, or what came instead.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        int broken = 0;
        foreach ((string promise, Func<Task> guard) in (IEnumerable<(string, Func<Task>)>)[.. HttpGuards.All, .. FileGuards.All])
        {
            try
            {
                await guard().ConfigureAwait(false);
                Console.WriteLine("holds: " + promise);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                broken++;
                Console.WriteLine("broken: " + promise + Environment.NewLine + error);
            }
        }

        return broken;
    }

    public static void Same<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"Expected {expected}, got {actual}."));
        }
    }
}
