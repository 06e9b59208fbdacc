using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>What the project of the suite tells the adapter, in a file beside its assembly.</summary>
/// <param name="Shell">The PowerShell to run the files in.</param>
/// <param name="Pester">Pester's manifest.</param>
/// <param name="Tests">The folder of the test files.</param>
internal sealed record PesterSettings(string Shell, string Pester, string Tests)
{
    /// <summary>The variable that names another PowerShell to run the suite in: 7.4, or Windows PowerShell.</summary>
    public const string ShellVariable = "PARTNERCENTERSR_TEST_SHELL";

    private const string FileName = "pester.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>How long one file may take. A file that hangs fails; it does not hold the run.</summary>
    public TimeSpan LongestFile { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The files of the suite, the longest first: they are likely to take longest.</summary>
    public IReadOnlyList<string> Files =>
        [.. new DirectoryInfo(Tests).EnumerateFiles("*.Tests.ps1").OrderByDescending(file => file.Length).Select(file => file.FullName)];

    /// <param name="source">The assembly of a test project.</param>
    /// <returns>Null: it is not one of a Pester suite.</returns>
    public static PesterSettings? Read(string source)
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        PesterSettings settings = JsonSerializer.Deserialize<PesterSettings>(File.ReadAllText(path), Json)!;
        return Environment.GetEnvironmentVariable(ShellVariable) is { Length: > 0 } shell ? settings with { Shell = shell } : settings;
    }
}
