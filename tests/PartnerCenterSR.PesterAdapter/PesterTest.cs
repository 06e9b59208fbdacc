using System;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>One It as the shell reports it; or what is no It, but failed all the same: a file, or a block's BeforeAll or AfterAll.</summary>
/// <param name="Name">The path of blocks and the test, the same at discovery and at the run.</param>
internal sealed record PesterTest(string Name)
{
    /// <summary>The name with the values that only the run knows.</summary>
    public string DisplayName { get; init; } = Name;

    public string File { get; init; } = string.Empty;

    public int Line { get; init; }

    /// <summary>Pester's word: Passed, Failed, Skipped, Inconclusive, NotRun.</summary>
    public string Result { get; init; } = string.Empty;

    public string? Message { get; init; }

    public string? StackTrace { get; init; }

    public double Seconds { get; init; }

    /// <summary>Whether it stands for a failure outside of any It.</summary>
    public bool IsStandIn { get; init; }

    /// <summary>A file that failed as a whole.</summary>
    public static PesterTest FailedFile(string file, string message) =>
        new(System.IO.Path.GetFileName(file)) { File = file, Line = 1, Result = "Failed", Message = message, IsStandIn = true };

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
