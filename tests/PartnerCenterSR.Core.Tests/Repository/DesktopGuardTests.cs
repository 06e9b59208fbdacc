using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>The build for Windows PowerShell 5.1, where .NET Framework does things otherwise: docs/decisions/0008-dotnet-framework.md.</summary>
public sealed class DesktopGuardTests
{
    [DesktopFact]
    public async Task What_differs_on_dotnet_framework_is_guarded_against()
    {
        string program = Path.Combine(Built.Root, "tests", "PartnerCenterSR.DesktopGuards", "bin", Built.Configuration, "net472", "PartnerCenterSR.DesktopGuards.exe");
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new(program) : new(DesktopFactAttribute.Mono!, [program]);
        (int? exitCode, string said) = await ChildProcess.RunAsync(start);
        Assert.True(exitCode == 0, said);
        Assert.Contains("holds: an update whose connection dies", said, StringComparison.Ordinal);

        // A journal goes from one edition to the other.
        Assert.Contains(FormattableString.Invariant($"hash: {NoteText.Hash("Grüße 😀")}"), said, StringComparison.Ordinal);
    }
}
