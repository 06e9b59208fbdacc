using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using PartnerCenterSR.Module.Tests.Engine;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>The package that is published, and the half of it that cannot run here.</summary>
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

            string[] said = await ChildShell.RunAsync(
                "Import-Module $A; (Get-Module PartnerCenterSR).Path; Connect-PartnerCenter -Emulator | ForEach-Object { }; @(Get-PartnerServiceRequest).Count",
                new System.Collections.Generic.Dictionary<string, string>(),
                Path.Combine(installed, "PartnerCenterSR.psd1"));
            Assert.Equal([Path.Combine(installed, "PartnerCenterSR.dll"), "24"], said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_desktop_closure_is_complete_and_consistent()
    {
        string desktop = Path.Combine(Built.ModulePath, "lib", "desktop");
        string[] ours = [.. Directory.GetFiles(desktop, "*.dll"), Path.Combine(Built.ModulePath, "PartnerCenterSR.dll"), Path.Combine(Built.ModulePath, "PartnerCenterSR.Models.dll")];
        string[] names = [.. ours.Select(file => Path.GetFileNameWithoutExtension(file))];
        string framework = Path.Combine(Directory.GetDirectories(Path.Combine(Nuget(), "microsoft.netframework.referenceassemblies.net472")).Max()!, "build", ".NETFramework", "v4.7.2");
        string[] provided = [.. Directory.GetFiles(framework, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!), "System.Management.Automation"];
        string[] missing = [.. ours.SelectMany(file => References(file).Select(reference => $"{Path.GetFileName(file)} -> {reference}")
            .Where(use => !names.Contains(use.Split(" -> ")[1]) && !provided.Contains(use.Split(" -> ")[1])))];
        Assert.Equal([], missing);
    }

    private static string Nuget() => typeof(PackageTests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(item => item.Key == "NuGetPackageRoot").Value!;

    private static string[] References(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static async Task<byte[]> PackAsync(string folder)
    {
        string project = Path.Combine(Built.Root, "src", "PartnerCenterSR", "PartnerCenterSR.csproj");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["pack", project, "--no-build", "--configuration", Built.Configuration, "--output", folder]) { RedirectStandardOutput = true })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
        return await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.nupkg").Single());
    }
}
