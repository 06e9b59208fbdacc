using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>Runs one file of the suite in a PowerShell of its own, and reads what became of it.</summary>
internal sealed class PesterShell(PesterSettings settings)
{
    private const int LastLines = 40;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string Script = Path.Combine(Path.GetDirectoryName(typeof(PesterShell).Assembly.Location)!, "Invoke-PesterFile.ps1");

    /// <summary>The tests of a file, not run.</summary>
    public Task<IReadOnlyList<PesterTest>> DiscoverAsync(string file, CancellationToken cancellation) => StartAsync(file, ["-SkipRun"], cancellation);

    /// <summary>The tests of a file, run.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">The lines of the tests wanted. Empty: all.</param>
    /// <param name="cancellation">Ends the shell and all it started.</param>
    public Task<IReadOnlyList<PesterTest>> RunAsync(string file, IReadOnlyCollection<int> lines, CancellationToken cancellation) =>
        StartAsync(file, lines.Count == 0 ? [] : ["-Line", string.Join(',', lines)], cancellation);

    private async Task<IReadOnlyList<PesterTest>> StartAsync(string file, string[] more, CancellationToken cancellation)
    {
        // Tests may write to the console what they like: only lines with this mark are ours.
        string mark = Guid.NewGuid().ToString("N");
        ProcessStartInfo start = new(settings.Shell, ["-NoProfile", "-NonInteractive", "-File", Script, "-Path", file, "-Pester", settings.Pester, "-Mark", mark, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = settings.Tests,
        };

        // Nothing of the machine's own PowerShell is in the way, and the shell finds this runtime wherever it is.
        start.Environment.Remove("PSModulePath");
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = start.Environment["POWERSHELL_UPDATECHECK_OPTOUT"] = "1";

        // A shell that lives for seconds has nothing of what the runtime learns of its code, and pays for it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        List<PesterTest> tests = [];
        List<string> said = [];
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(settings.LongestFile);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return [PesterTest.FailedFile(file, $"The file did not end within {settings.LongestFile.TotalSeconds:0} s.\n{Last(said)}")];
        }

        return process.ExitCode != 0 ? [.. tests, PesterTest.FailedFile(file, $"The shell ended with {process.ExitCode}.\n{Last(said)}")]
            : tests.Count == 0 ? [PesterTest.FailedFile(file, $"No test was found.\n{Last(said)}")]
            : tests;

        void Hear(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (said)
            {
                int at = line.IndexOf(mark, StringComparison.Ordinal);
                if (at < 0)
                {
                    said.Add(line);
                    return;
                }

                tests.Add(JsonSerializer.Deserialize<PesterTest>(line.AsSpan(at + mark.Length), Json)!);
            }
        }
    }

    private static string Last(List<string> said)
    {
        lock (said)
        {
            return string.Join('\n', said.TakeLast(LastLines));
        }
    }
}
