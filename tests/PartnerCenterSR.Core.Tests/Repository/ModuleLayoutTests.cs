using System;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>The module as it is laid out, and the half of it that cannot run here.</summary>
public sealed class ModuleLayoutTests
{
    [Fact]
    public void The_cmdlets_reference_no_third_party_assembly()
    {
        Assert.Equal(
            ["PartnerCenterSR.Core", "PartnerCenterSR.Emulator", "PartnerCenterSR.Models", "System.Management.Automation", "netstandard"],
            Built.References(Path.Combine(Built.ModulePath, "PartnerCenterSR.dll")).Order(StringComparer.Ordinal));
        Assert.Equal(["netstandard"], Built.References(Path.Combine(Built.ModulePath, "PartnerCenterSR.Models.dll")));
    }

    [Fact]
    public void Core_for_powershell_7_ships_nothing_of_the_system() =>
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(Built.ModulePath, "lib", "core")), file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_desktop_closure_is_complete_and_consistent()
    {
        string desktop = Path.Combine(Built.ModulePath, "lib", "desktop");
        string[] ours = [.. Directory.GetFiles(desktop, "*.dll"), Path.Combine(Built.ModulePath, "PartnerCenterSR.dll"), Path.Combine(Built.ModulePath, "PartnerCenterSR.Models.dll")];
        string[] names = [.. ours.Select(file => Path.GetFileNameWithoutExtension(file))];
        string framework = Path.Combine(
            Directory.GetDirectories(Path.Combine(Built.PackageFolder, "microsoft.netframework.referenceassemblies.net472")).Max()!, "build", ".NETFramework", "v4.7.2");
        string[] provided = [.. Directory.GetFiles(framework, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!), "System.Management.Automation"];
        string[] missing = [.. ours.SelectMany(file => Built.References(file).Select(reference => $"{Path.GetFileName(file)} -> {reference}")
            .Where(use => !names.Contains(use.Split(" -> ")[1]) && !provided.Contains(use.Split(" -> ")[1])))];
        Assert.Equal([], missing);
    }

    [Fact]
    public void On_dotnet_framework_an_update_never_goes_by_a_connection_that_was_kept_alive()
    {
        using ModuleDefinition desktop = ModuleDefinition.ReadModule(Path.Combine(Built.ModulePath, "lib", "desktop", "PartnerCenterSR.Core.dll"));
        TypeDefinition connections = desktop.GetTypes().Single(type => type.Name == "SharedConnections");
        Assert.Contains("set_ConnectionClose", Calls(connections, "Closing"));
        Assert.Contains("Closing", Calls(connections, ".cctor"));
        TypeDefinition session = desktop.GetTypes().Single(type => type.Name == "PartnerSession");
        Assert.Contains("get_Writing", session.Methods.SelectMany(method => Calls(method)));

        static string[] Calls(object from, string? name = null) => from switch
        {
            TypeDefinition type => [.. type.Methods.Where(method => method.Name == name).SelectMany(method => Calls(method))],
            MethodDefinition { HasBody: true } method => [.. method.Body.Instructions.Select(step => (step.Operand as MethodReference)?.Name).OfType<string>()],
            _ => [],
        };
    }
}
