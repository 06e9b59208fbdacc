using System;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>Pester's tests in the test platform's terms.</summary>
internal static class TestCases
{
    public static TestCase From(PesterTest test, string source) => new(test.Name, new Uri(PesterExecutor.Address), source)
    {
        DisplayName = test.Name,
        CodeFilePath = test.File,
        LineNumber = test.Line,
    };

    public static TestResult ResultOf(PesterTest test, TestCase testCase) => new(testCase)
    {
        DisplayName = test.DisplayName,
        Outcome = test.Result switch
        {
            "Passed" => TestOutcome.Passed,
            "Skipped" or "Inconclusive" => TestOutcome.Skipped,
            _ => TestOutcome.Failed,
        },
        Duration = test.Duration,
        ErrorMessage = test.Message,
        ErrorStackTrace = test.StackTrace,
    };
}
