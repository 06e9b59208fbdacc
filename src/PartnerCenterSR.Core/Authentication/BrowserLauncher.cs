using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Opens an address in the user's browser. Whether one came up cannot be told: who is asked to sign in also gets the address.</summary>
internal static class BrowserLauncher
{
    // What the browser has to say stays out of the shell. The address is an argument, never a part of the command.
    private const string Openers = "-c \"for opener in xdg-open open wslview gnome-open kfmclient; do command -v $opener >/dev/null && exec $opener \\\"$0\\\" >/dev/null 2>&1; done\"";

    public static void Open(Uri address)
    {
        try
        {
            using Process? process = Process.Start(RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                ? new(address.AbsoluteUri) { UseShellExecute = true }
                : new ProcessStartInfo("/bin/sh", $"{Openers} \"{address.AbsoluteUri}\"") { UseShellExecute = false });
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // Then the person opens the address by hand.
            Debug.WriteLine(error);
        }
    }
}
