using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace PartnerCenterSR.Loader;

/// <summary>
/// A load context for Core and its packages, so that no other module's version of them is used, or made to use ours.
/// What is not in its folder comes from PowerShell.
/// </summary>
internal sealed class PrivateContext(string folder) : AssemblyLoadContext("PartnerCenterSR")
{
    private static readonly string[] Doors = ["PartnerCenterSR.Core", "PartnerCenterSR.Emulator"];
    private static PrivateContext? _context;

    /// <summary>Lets the cmdlets find Core. Called by reflection, once an import.</summary>
    public static void Open(string folder)
    {
        Close();
        _context ??= new(folder);
        Default.Resolving += Resolve;
    }

    /// <summary>Ends that. What is loaded stays, and serves the next import.</summary>
    public static void Close() => Default.Resolving -= Resolve;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(folder, assemblyName.Name + ".dll");
        return string.IsNullOrEmpty(assemblyName.CultureName) && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        Array.IndexOf(Doors, name.Name) >= 0 ? _context!.LoadFromAssemblyName(name) : null;
}
