using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>A PowerShell that runs files of the suite, one after another, each in a runspace of its own: it starts once, and what it compiled it keeps.</summary>
internal sealed class PesterShell : IDisposable
{
    private const int LastLines = 40;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string Script = Path.Combine(Path.GetDirectoryName(typeof(PesterShell).Assembly.Location)!, "Invoke-PesterFile.ps1");

    private readonly PesterSettings _settings;
    private readonly List<string> _said = [];
    private readonly Process _process;

    // Not the console: tests write to it what they like, and what they start reads it.
    private readonly NamedPipeServerStream _pipe;
    private readonly StreamReader _reports;

    public PesterShell(PesterSettings settings)
    {
        _settings = settings;
        string name = "pcsr" + Guid.NewGuid().ToString("N");
        _pipe = new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        _reports = new(_pipe);
        ProcessStartInfo start = new(settings.Shell, ["-NoProfile", "-NonInteractive", "-File", Script, "-Pipe", name, "-Pester", settings.Pester])
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

        // What lives for seconds has nothing of what the runtime learns of its code, nor of compiling it again, and pays for both.
        start.Environment["DOTNET_TieredPGO"] = start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "2000";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it ran to their ends all files that it was given.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>The tests of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">The lines of the tests wanted. Empty: all.</param>
    /// <param name="isRun">Whether they are run, or found only.</param>
    /// <param name="cancellation">Ends the shell and all it started.</param>
    public async Task<IReadOnlyList<PesterTest>> InvokeAsync(string file, IReadOnlyCollection<int> lines, bool isRun, CancellationToken cancellation)
    {
        lock (_said)
        {
            _said.Clear();
        }

        IsSound = false;
        List<PesterTest> tests = [];
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.LongestFile);
        try
        {
            Task ended = _process.WaitForExitAsync(patience.Token);
            if (!_pipe.IsConnected && await Task.WhenAny(_pipe.WaitForConnectionAsync(patience.Token), ended).ConfigureAwait(false) == ended)
            {
                await ended.ConfigureAwait(false);
                return [Failed($"The shell ended with {_process.ExitCode}.")];
            }

            byte[] wish = JsonSerializer.SerializeToUtf8Bytes(new { path = file, line = lines, isRun }, Json);
            await _pipe.WriteAsync(new([.. wish, (byte)'\n']), patience.Token).ConfigureAwait(false);
            while (await _reports.ReadLineAsync(patience.Token).ConfigureAwait(false) is { } report)
            {
                if (report.Length == 0)
                {
                    IsSound = true;
                    return tests.Count == 0 ? [Failed("No test was found.")] : tests;
                }

                tests.Add(JsonSerializer.Deserialize<PesterTest>(report, Json)!);
            }

            await ended.ConfigureAwait(false);
            return [.. tests, Failed($"The shell ended with {_process.ExitCode}.")];
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return [Failed($"The file did not end within {_settings.LongestFile.TotalSeconds:0} s.")];
        }

        PesterTest Failed(string why)
        {
            lock (_said)
            {
                return PesterTest.FailedFile(file, $"{why}\n{string.Join('\n', _said.TakeLast(LastLines))}");
            }
        }
    }

    /// <summary>Ends the shell and all it started.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _reports.Dispose();
        _pipe.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? string.Empty);
        }
    }
}
