using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PartnerCenterSR.Module.Tests;

/// <summary>A process killed at random moments, and started again with the same journal.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Rows = 400;

    [Fact]
    public async Task Each_rows_change_is_there_once_after_twenty_kills()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        SemaphoreSlim arrived = new(0);
        using TestServer server = TestServer.Start(new()
        {
            HonoursRequestIds = false,
            Generation = Generation.Older,
            Misbehave = call =>
            {
                if (call.Method == "PATCH")
                {
                    arrived.Release();
                }

                return null;
            },
        });
        try
        {
            string script = Path.Combine(folder, "run.ps1");
            File.WriteAllText(script, """
                param($Module, $Token, $Endpoint, $Csv, $Journal)
                $ErrorActionPreference = 'Stop'
                Import-Module $Module
                $null = Connect-PartnerCenter -AccessToken $Token -Endpoint $Endpoint -SkipValidation
                $null = Update-PartnerServiceRequest -Path $Csv -JournalPath $Journal -ThrottleLimit 6
                """);

            // Every fourth row is the same as the one before it.
            (string Id, string Note)[] rows = [.. Enumerable.Range(0, Rows).Select(i => i % 4 == 3 ? i - 1 : i).Select(i => (SampleData.Id(i % 23), $"note {i}"))];
            string csv = Path.Combine(folder, "rows.csv");
            File.WriteAllLines(csv, rows.Select(row => $"{row.Id},{row.Note}").Prepend("Id,Note"));
            for (int kill = 0; kill < Kills; kill++)
            {
                using Process process = Start(script, server, csv, folder);
                int until = random.Next(1, Rows / Kills);
                for (int calls = 0; calls < until && !process.HasExited; calls++)
                {
                    await arrived.WaitAsync(TimeSpan.FromSeconds(10));
                }

                process.Kill();
                await process.WaitForExitAsync();
            }

            using Process last = Start(script, server, csv, folder);
            string said = await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.True(last.ExitCode == 0, said);
            foreach (IGrouping<string, (string Id, string Note)> request in rows.GroupBy(row => row.Id))
            {
                Assert.Equal(request.Select(row => row.Note), server.Service.NotesOf(request.Key).Skip(1));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string script, TestServer server, string csv, string folder)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { Built.Demo, script, Built.ManifestPath, server.Token, server.Endpoint.AbsoluteUri, csv, Path.Combine(folder, "run.jsonl") })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
