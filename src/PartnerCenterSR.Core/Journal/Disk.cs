#if NET
using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PartnerCenterSR.Core.Journal;

/// <summary>Brings a file to where a power cut does not reach it, and says where that failed: of what a Unix disk refuses only then, FileStream.Flush says nothing.</summary>
internal static class Disk
{
    private const int Interrupted = 4;

    /// <exception cref="IOException">The disk did not take all of it.</exception>
    public static void Flush(FileStream file)
    {
        file.Flush(flushToDisk: false);
        if (!OperatingSystem.IsWindows())
        {
            Synchronize(file.SafeFileHandle);
        }

        // The drive's own cache too, where the system tells them apart.
        if (!OperatingSystem.IsLinux())
        {
            file.Flush(flushToDisk: true);
        }
    }

    /// <exception cref="IOException">The system said so: it does a single time for a failure, so nobody else may ask before.</exception>
    internal static void Synchronize(SafeFileHandle file)
    {
        while (FSync(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(SafeFileHandle file);
}
#endif
