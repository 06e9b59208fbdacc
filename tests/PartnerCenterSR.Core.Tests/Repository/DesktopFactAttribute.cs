using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>Runs where programs for .NET Framework run: on Windows, or with Mono. Elsewhere the run says that it did not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DesktopFactAttribute : FactAttribute
{
    public DesktopFactAttribute() => Skip = OperatingSystem.IsWindows() || Mono is not null ? null : "Neither .NET Framework nor Mono is here.";

    /// <summary>Null: it is not here.</summary>
    public static string? Mono { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);
}
