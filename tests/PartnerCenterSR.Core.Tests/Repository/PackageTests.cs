using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>The package that is published.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task Packing_twice_gives_the_same_bytes_and_what_is_installed_from_it_works()
    {
        string folder = Directory.CreateTempSubdirectory("pcsr").FullName;
        try
        {
            byte[] first = await PackAsync(Path.Combine(folder, "1"));
            Assert.Equal(first, await PackAsync(Path.Combine(folder, "2")));
            string installed = Path.Combine(folder, "modules", "PartnerCenterSR");
            using (ZipArchive package = new(new MemoryStream(first)))
            {
                package.ExtractToDirectory(installed);
            }

            string said = await RunAsync(
                Built.Shell,
                "-NoProfile",
                "-Command",
                $"Import-Module '{installed}/PartnerCenterSR.psd1'; (Get-Module PartnerCenterSR).Path; $null = Connect-PartnerCenter -Emulator; @(Get-PartnerServiceRequest).Count");
            Assert.Equal([Path.Combine(installed, "PartnerCenterSR.dll"), "24"], said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<byte[]> PackAsync(string folder)
    {
        string project = Path.Combine(Built.Root, "src", "PartnerCenterSR", "PartnerCenterSR.csproj");
        await RunAsync("dotnet", "pack", project, "--no-build", "--configuration", Built.Configuration, "--output", folder);
        return await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.nupkg").Single());
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
        return said;
    }
}
