using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Opens an address in the user's browser. Whether one came up cannot be told: who is asked to sign in also gets the address.</summary>
internal static class BrowserLauncher
{
    private static readonly string[] Openers = ["xdg-open", "open", "wslview", "gnome-open", "kfmclient"];

    public static void Open(Uri address)
    {
        try
        {
            using Process? process = Process.Start(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new(address.AbsoluteUri) { UseShellExecute = true } : Quietly(address));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // Then the person opens the address by hand.
            Debug.WriteLine(error);
        }
    }

    /// <summary>What the browser has to say stays out of the shell. Program and address are arguments of the command, never a part of it.</summary>
    private static ProcessStartInfo Quietly(Uri address)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string opener = Openers.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists) ?? Openers[0];
        return new("/bin/sh", $"-c \"exec \\\"$0\\\" \\\"$1\\\" >/dev/null 2>&1\" \"{opener}\" \"{address.AbsoluteUri}\"") { UseShellExecute = false };
    }
}
