using System.IO;
using System.Linq;
using System.Reflection;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>What the build left.</summary>
internal static class Built
{
    public static string Root { get; } = typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!;

    public static string ModulePath { get; } = Path.Combine(Root, "out", "PartnerCenterSR");

    public static string ManifestPath { get; } = Path.Combine(ModulePath, "PartnerCenterSR.psd1");

    public static string Configuration { get; } = new DirectoryInfo(Path.GetDirectoryName(typeof(Built).Assembly.Location)!).Parent!.Name;

    /// <summary>The program that runs a script in an engine of its own.</summary>
    public static string Demo { get; } = Path.Combine(
        Root, "src", "PartnerCenterSR.Demo", "bin", Configuration, "net10.0", "PartnerCenterSR.Demo.dll");
}
