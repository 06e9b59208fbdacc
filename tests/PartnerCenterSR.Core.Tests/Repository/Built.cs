using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>What the build left.</summary>
internal static class Built
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string PackageFolder { get; } = Metadata("NuGetPackageRoot");

    public static string ModulePath { get; } = Path.Combine(Root, "out", "PartnerCenterSR");

    public static string Configuration { get; } = new DirectoryInfo(Path.GetDirectoryName(typeof(Built).Assembly.Location)!).Parent!.Name;

    /// <summary>The PowerShell that the restore brought.</summary>
    public static string Shell { get; } = Metadata("PowerShellPath");

    public static string Pester { get; } = Metadata("PesterPath");

    /// <summary>The names of the assemblies that one refers to.</summary>
    public static string[] References(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
