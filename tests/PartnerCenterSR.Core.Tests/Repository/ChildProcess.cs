using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>A program that a test runs, and ends where it does not end by itself.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    /// <returns>Its exit code, and what it wrote to its standard output. Null: it did not end.</returns>
    public static async Task<(int? ExitCode, string Said)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;

        // What it starts and leaves behind would hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using CancellationTokenSource patience = new(Longest);
        using Process process = Process.Start(start)!;
        try
        {
            string said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (null, $"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {Longest}.");
        }
    }
}
