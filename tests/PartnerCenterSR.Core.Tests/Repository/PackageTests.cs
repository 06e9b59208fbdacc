using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>The package that is published.</summary>
public sealed class PackageTests
{
    /// <summary>As a user gets it: from a repository of PSResourceGet, by its name. Then a part of the suite, on what was installed.</summary>
    private const string Install = """
        param($Folder, $Tests, $Pester)
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        Register-PSResourceRepository -Name local -Uri (Join-Path $Folder 1) -Trusted
        Install-PSResource -Name PartnerCenterSR -Repository local -Scope CurrentUser
        Import-Module PartnerCenterSR
        $installed = (Get-Module PartnerCenterSR).ModuleBase
        $installed
        $null = Connect-PartnerCenter -Emulator
        @(Get-PartnerServiceRequest).Count
        Disconnect-PartnerCenter
        Remove-Module PartnerCenterSR
        $env:PARTNERCENTERSR_MODULE = $installed
        $ErrorActionPreference = 'Continue'
        Import-Module $Pester
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = 'Tour', 'Formatting', 'Completion' | ForEach-Object { Join-Path $Tests "$_.Tests.ps1" }
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'None'
        $result = Invoke-Pester -Configuration $configuration 6>$null
        $result.Failed | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord)" }
        "passed $($result.PassedCount), failed $($result.FailedCount)"
        """;

    [Fact]
    public async Task Packing_twice_gives_the_same_bytes_and_what_is_installed_from_it_works()
    {
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        try
        {
            byte[] first = await PackAsync(Path.Combine(folder, "1"));
            Assert.Equal(first, await PackAsync(Path.Combine(folder, "2")));
            File.WriteAllText(Path.Combine(folder, "install.ps1"), Install);
            string[] said = Lines(await RunAsync(Built.Shell, folder, "-NoProfile", "-NonInteractive", "-File", Path.Combine(folder, "install.ps1"), folder, Path.Combine(Built.Root, "tests", "Pester"), Built.Pester));
            string installed = said[0];
            Assert.StartsWith(folder, installed, StringComparison.Ordinal);
            Assert.Equal("24", said[1]);
            Assert.True(Regex.IsMatch(said[^1], "^passed [1-9][0-9]+, failed 0$"), string.Join('\n', said));

            // PSResourceGet adds a file of its own.
            Assert.Equal(Files(Path.Combine(Built.Root, "out", "PartnerCenterSR")), Files(installed).Where(file => file.Name != "PSGetModuleInfo.xml"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Lines(string said) => said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (string Name, string Hash)[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))).Order()];

    private static async Task<byte[]> PackAsync(string folder)
    {
        string project = Path.Combine(Built.Root, "src", "PartnerCenterSR", "PartnerCenterSR.csproj");
        await RunAsync("dotnet", null, "pack", project, "--no-build", "--configuration", Built.Configuration, "--output", folder);
        return await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.nupkg").Single());
    }

    private static async Task<string> RunAsync(string program, string? home, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments);
        if (home is not null)
        {
            // A user who has nothing yet, neither modules nor registered repositories.
            start.Environment["HOME"] = start.Environment["USERPROFILE"] = start.Environment["LOCALAPPDATA"] = home;
            start.Environment.Remove("XDG_DATA_HOME");
            start.Environment.Remove("PSModulePath");
        }

        (int? exitCode, string said) = await ChildProcess.RunAsync(start);
        Assert.True(exitCode == 0, said);
        return said;
    }
}
