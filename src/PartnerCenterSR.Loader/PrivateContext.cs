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
    private static readonly object Lock = new();
    private static PrivateContext? _context;
    private static int _imports;

    /// <summary>Lets the cmdlets find Core. Called by reflection, once an import: each runspace imports for itself.</summary>
    public static void Open(string folder)
    {
        lock (Lock)
        {
            _context ??= new(folder);
            if (_imports++ == 0)
            {
                Default.Resolving += Resolve;
            }
        }
    }

    /// <summary>Ends that, once an import. What is loaded stays, and serves the next import.</summary>
    public static void Close()
    {
        lock (Lock)
        {
            if (--_imports == 0)
            {
                Default.Resolving -= Resolve;
            }
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(folder, assemblyName.Name + ".dll");
        return string.IsNullOrEmpty(assemblyName.CultureName) && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        Array.IndexOf(Doors, name.Name) >= 0 ? _context!.LoadFromAssemblyName(name) : null;
}
