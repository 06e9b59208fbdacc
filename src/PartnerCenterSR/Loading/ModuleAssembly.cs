using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using PartnerCenterSR.Session;

namespace PartnerCenterSR.Loading;

/// <summary>What happens on import and removal: the doors to Core are opened and closed, and the runspace's connection ends.</summary>
public sealed class ModuleAssembly : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleAssembly).Assembly.Location)!;
    private static Type? _loader;

    /// <inheritdoc/>
    public void OnImport()
    {
        if (DesktopResolver.IsNeeded)
        {
            DesktopResolver.Open(Path.Combine(Folder, "lib", "desktop"));
            return;
        }

        string core = Path.Combine(Folder, "lib", "core");

        // LoadFile gives the loader a context of its own: nothing of it stands in PowerShell's.
        _loader ??= Assembly.LoadFile(Path.Combine(core, "PartnerCenterSR.Loader.dll")).GetType("PartnerCenterSR.Loader.PrivateContext", throwOnError: true);
        _loader!.GetMethod("Open")!.Invoke(null, [core]);
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        EndConnection();
        if (DesktopResolver.IsNeeded)
        {
            DesktopResolver.Close();
        }
        else
        {
            _loader!.GetMethod("Close")!.Invoke(null, null);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndConnection() => CurrentContext.EndAll();
}
