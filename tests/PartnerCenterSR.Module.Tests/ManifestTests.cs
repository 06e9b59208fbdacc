using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PartnerCenterSR.Module.Tests.Engine;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>The module as it is laid out.</summary>
public sealed class ManifestTests
{
    private static readonly string[] Commands =
    [
        "Connect-PartnerCenter", "Disconnect-PartnerCenter", "Get-PartnerContext", "Get-PartnerServiceRequest",
        "Get-PartnerServiceRequestJournal", "Set-PartnerServiceRequest", "Update-PartnerServiceRequest",
    ];

    [Fact]
    public void The_manifest_is_valid_and_exports_what_the_contract_names()
    {
        using Shell shell = new(import: false);
        Outcome outcome = shell.Run("Test-ModuleManifest $args[0]", Built.ManifestPath);
        if (outcome.ErrorIds.Contains("CommandNotFoundException"))
        {
            outcome = shell.Run("Get-Module -ListAvailable $args[0]", Built.ModulePath);
        }

        outcome.Succeeded();
        Assert.Empty(outcome.Warnings);
        using Shell imported = new();
        Assert.Equal(Commands, imported.Run("Get-Command -Module PartnerCenterSR").Succeeded().Each("Name").Order());
    }

    [Fact]
    public void Import_leaves_nothing_but_what_is_exported_and_removal_takes_it_away()
    {
        using Shell shell = new(import: false);
        Outcome outcome = shell.Run("""
            function Names {
                'variable:', 'alias:', 'function:', 'env:' | ForEach-Object { $ExecutionContext.SessionState.InvokeProvider.ChildItem.Get($_, $false) } |
                    ForEach-Object { $_.PSPath -replace '^.*::' }
            }
            $before = $during = $after = $null
            $before = Names
            $protocols = [Net.ServicePointManager]::SecurityProtocol
            Import-Module $args[0]
            $during = Names
            'added: ' + ($during.Where({ $_ -notin $before }) -join ',')
            Remove-Module PartnerCenterSR
            $after = Names
            'left: ' + ($after.Where({ $_ -notin $before }) -join ',')
            'modules: ' + @(Get-Module PartnerCenterSR).Count
            'commands: ' + @($ExecutionContext.InvokeCommand.GetCommands('*-Partner*', 'Cmdlet', $true)).Count
            'protocols: ' + ($protocols -eq [Net.ServicePointManager]::SecurityProtocol)
            """, Built.ManifestPath).Succeeded();
        Assert.Equal(
            ["added: protocols,Set-PartnerServiceRequest", "left: protocols", "modules: 0", "commands: 0", "protocols: True"],
            outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void The_cmdlets_reference_no_third_party_assembly()
    {
        string[] references = References(Path.Combine(Built.ModulePath, "PartnerCenterSR.dll"));
        Assert.Equal(
            ["PartnerCenterSR.Core", "PartnerCenterSR.Emulator", "PartnerCenterSR.Models", "System.Management.Automation", "netstandard"],
            references.Order(StringComparer.Ordinal));
        Assert.Equal(["netstandard"], References(Path.Combine(Built.ModulePath, "PartnerCenterSR.Models.dll")));
    }

    [Fact]
    public void Core_for_powershell_7_ships_nothing_of_the_system() =>
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(Built.ModulePath, "lib", "core")), file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal));

    private static string[] References(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
