using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;

namespace PartnerCenterSR.Loading;

/// <summary>
/// Windows PowerShell has neither load contexts nor binding redirects: what is asked for by name and lies in our folder is
/// given from there, whatever version was asked for. Nobody else's names are answered.
/// </summary>
internal static class DesktopResolver
{
    private static string[] _files = [];
    private static int _imports;

    public static bool IsNeeded => RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    public static void Open(string folder)
    {
        _files = Directory.GetFiles(folder, "*.dll");
        if (Interlocked.Increment(ref _imports) == 1)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    public static void Close()
    {
        if (Interlocked.Decrement(ref _imports) == 0)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        string name = new AssemblyName(args.Name).Name + ".dll";
        string? file = _files.FirstOrDefault(path => string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase));
        return file is null ? null : Assembly.LoadFrom(file);
    }
}
