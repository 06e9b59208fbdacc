using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>What can only be measured in processes of their own: import, and peak memory.</summary>
internal static class ProcessRuns
{
    private const int Rounds = 7;
    private static readonly string Shell = Engine.Metadata("PowerShellPath");

    public static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        await ImportAsync(folder);
        using TestServer server = TestServer.Start(new() { Generation = Generation.Older, Data = SampleData.Create(20_000), HonoursRequestIds = false });
        await MemoryAsync(folder, server, "piped", "1..$Count | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 20000); Note = \"note $_\" } } | Update-PartnerServiceRequest -ThrottleLimit 8 | ForEach-Object { }");
        await MemoryAsync(folder, server, "by -Path", """
            $csv = [IO.Path]::Combine($PSScriptRoot, "$Count.csv")
            $writer = [IO.StreamWriter]::new($csv)
            $writer.WriteLine('Id,Note')
            for ($i = 0; $i -lt $Count; $i++) { $writer.WriteLine("$(616122292874576 + 5 * ($i % 20000)),note by path $i") }
            $writer.Dispose()
            Update-PartnerServiceRequest -Path $csv -ThrottleLimit 8 | ForEach-Object { }
            """);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ImportAsync(string folder)
    {
        string empty = Write(folder, "empty.ps1", "param($Module)\n$null = Get-Command Get-Help");
        string import = Write(folder, "import.ps1", "param($Module)\n$null = Get-Command Get-Help\nImport-Module $Module\nGet-PartnerContext");
        List<(double Plain, double Module)> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            rounds.Add((await TimeAsync(empty), await TimeAsync(import)));
        }

        Report.Line(
            "Import-Module and the first cmdlet, over the engine alone",
            $"{Report.Median(rounds.Select(round => round.Plain)):0} ms",
            $"{Report.Median(rounds.Select(round => round.Module)):0} ms",
            $"+{Report.Median(rounds.Select(round => round.Module - round.Plain)):0} ms",
            "at most +150 ms");

        async Task<double> TimeAsync(string script)
        {
            Stopwatch stopwatch = Stopwatch.StartNew();
            await RunAsync(script, Engine.Manifest);
            return stopwatch.Elapsed.TotalMilliseconds;
        }
    }

    private static async Task MemoryAsync(string folder, TestServer server, string name, string updates)
    {
        string script = Write(folder, "memory.ps1", $$"""
            param($Module, $Token, $Endpoint, [int]$Count)
            Import-Module $Module
            $null = Connect-PartnerCenter -AccessToken $Token -Endpoint $Endpoint
            {{updates}}
        
            'PEAK ' + [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
            """);
        foreach (string? nursery in new[] { null, "1000000" })
        {
            double few = await PeakAsync(1_000, nursery);
            double many = await PeakAsync(100_000, nursery);
            Report.Line(
                $"peak memory, 100,000 updates {name} over 1,000{(nursery is null ? string.Empty : ", the collector's first generation held to 16 MB")}",
                $"{few:0} MB",
                $"{many:0} MB",
                $"+{many - few:0} MB",
                "at most +40 MB");
        }

        async Task<double> PeakAsync(int count, string? nursery)
        {
            string said = await RunWithAsync(nursery, script, Engine.Manifest, server.Token, server.Endpoint.AbsoluteUri, count.ToString(CultureInfo.InvariantCulture));
            string peak = said.Split('\n').Single(line => line.StartsWith("PEAK ", StringComparison.Ordinal));
            return long.Parse(peak.AsSpan(5).Trim(), CultureInfo.InvariantCulture) / 1048576.0;
        }
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<string> RunAsync(params string[] arguments) => RunWithAsync(null, arguments);

    /// <param name="nursery">The size of the garbage collector's first generation, in hexadecimal. Null: as it likes.</param>
    /// <param name="arguments">Script and arguments.</param>
    private static async Task<string> RunWithAsync(string? nursery, params string[] arguments)
    {
        ProcessStartInfo start = new(Shell, arguments.Prepend("-File").Prepend("-NoProfile")) { RedirectStandardOutput = true };
        if (nursery is not null)
        {
            start.Environment["DOTNET_GCgen0size"] = nursery;
        }

        using Process process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException(said);
    }
}
