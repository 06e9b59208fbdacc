using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>A script in a process of its own: with its own trust settings, its own loaded assemblies, and a console at which someone sits.</summary>
internal static class ChildShell
{
    private static readonly string[] SignsOfRobots = ["GITHUB_ACTIONS", "TF_BUILD", "AZUREPS_HOST_ENVIRONMENT", "AUTOMATION_ASSET_ACCOUNTID"];

    /// <param name="script">The script. It gets the module's manifest as $Module.</param>
    /// <param name="environment">Variables beside the usual.</param>
    /// <param name="arguments">More arguments, named in the script's own param line as $A, $B, $C, $D.</param>
    /// <returns>All it said but progress, a line each.</returns>
    public static async Task<string[]> RunAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        try
        {
            using Process process = Start(script, environment, folder, arguments);
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
            using CancellationTokenRegistration end = patience.Token.Register(() => process.Kill(entireProcessTree: true));
            string said = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            Assert.True(process.ExitCode == 0, said);
            return [.. said.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("Updating service requests", StringComparison.Ordinal))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static Process Start(string script, IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        string path = Path.Combine(folder, "script.ps1");
        File.WriteAllText(path, "param($Module, $A, $B, $C, $D)\n" + script);
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[] { Built.Demo, path, Built.ManifestPath }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string sign in SignsOfRobots)
        {
            start.Environment.Remove(sign);
        }

        foreach (KeyValuePair<string, string> variable in environment)
        {
            start.Environment[variable.Key] = variable.Value;
        }

        return Process.Start(start)!;
    }
}
