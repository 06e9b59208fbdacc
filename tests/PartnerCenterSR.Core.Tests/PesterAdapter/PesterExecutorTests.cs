using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using PartnerCenterSR.Core.Tests.Repository;
using PartnerCenterSR.PesterAdapter;
using Xunit;

namespace PartnerCenterSR.Core.Tests.PesterAdapter;

/// <summary>A suite of files that go right and wrong in every way: each is a test with a name, and nothing that failed is green.</summary>
public sealed class PesterExecutorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Source => Path.Combine(_folder, "suite.dll");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name + ".Tests.ps1"), text);

    private PesterSettings Settle(string? shell = null)
    {
        File.WriteAllText(Path.Combine(_folder, "pester.json"), JsonSerializer.Serialize(new { shell = shell ?? Built.Shell, pester = Built.Pester, tests = _folder }));
        return PesterSettings.Read(Source)!;
    }

    private IReadOnlyDictionary<string, TestResult> Run(IEnumerable<TestCase>? only = null)
    {
        RecordingHandle handle = new();
        using PesterExecutor executor = new();
        if (only is null)
        {
            executor.RunTests([Source], null, handle);
        }
        else
        {
            executor.RunTests(only, null, handle);
        }

        return handle.Results;
    }

    [Fact]
    public void Each_it_is_a_test_with_its_name_place_outcome_error_and_stack()
    {
        Write("Good", """
            Describe 'Sums' {
                Context 'of <_>' -ForEach 1, 2 {
                    It 'are <Sum>, <Missing>' -ForEach @{ Sum = 3; Deep = @{ a = 1 } }, @{ Sum = 4 } { $_.Sum | Should -Be 3 }
                    It 'wait' -Skip { }
                }
            }
            """);
        Settle();
        IReadOnlyDictionary<string, TestResult> results = Run();
        Assert.Equal(
            ["Good.Sums.of 1.are 3, <Missing>", "Good.Sums.of 1.are 4, <Missing>", "Good.Sums.of 1.wait", "Good.Sums.of 2.are 3, <Missing>", "Good.Sums.of 2.are 4, <Missing>", "Good.Sums.of 2.wait"],
            results.Keys.Order(StringComparer.Ordinal));
        TestResult passed = results["Good.Sums.of 1.are 3, <Missing>"];
        TestResult failed = results["Good.Sums.of 2.are 4, <Missing>"];
        Assert.Equal((TestOutcome.Passed, TestOutcome.Failed, TestOutcome.Skipped), (passed.Outcome, failed.Outcome, results["Good.Sums.of 1.wait"].Outcome));
        Assert.Equal((Path.Combine(_folder, "Good.Tests.ps1"), 3), (failed.TestCase.CodeFilePath, failed.TestCase.LineNumber));
        Assert.Contains("Expected 3, but got 4.", failed.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Good.Tests.ps1:3", failed.ErrorStackTrace, StringComparison.Ordinal);
        Assert.True(passed.Duration > TimeSpan.Zero);
    }

    [Fact]
    public void What_goes_wrong_outside_of_a_test_is_a_failure_with_a_name()
    {
        Write("Parse", "Describe 'x' { It 'y' { ");
        Write("Before", "Describe 'b' { BeforeAll { throw 'no beginning' }; It 'one' { } }");
        Write("After", "Describe 'a' { AfterAll { throw 'no end' }; It 'one' { } }");
        Write("Discovery", "Describe 'd' { throw 'no discovery'; It 'one' { } }");
        Write("Dies", "Describe 'x' { It 'one' { [Environment]::Exit(3) } }");
        Write("Empty", "# Nothing.");
        Settle();
        IReadOnlyDictionary<string, TestResult> results = Run();
        Assert.Equal(
            [
                "After.a (BeforeAll or AfterAll)", "After.a.one", "Before.b (BeforeAll or AfterAll)", "Before.b.one", "Dies.Tests.ps1", "Discovery.Tests.ps1",
                "Empty.Tests.ps1", "Parse.Tests.ps1",
            ],
            results.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["After.a.one"], results.Where(result => result.Value.Outcome == TestOutcome.Passed).Select(result => result.Key));
        Assert.Contains("no beginning", results["Before.b.one"].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("no end", results["After.a (BeforeAll or AfterAll)"].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("no discovery", results["Discovery.Tests.ps1"].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("ended with 3", results["Dies.Tests.ps1"].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("No test was found", results["Empty.Tests.ps1"].ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Missing", results["Parse.Tests.ps1"].ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_tests_that_are_asked_for_run_and_one_that_is_gone_is_a_failure()
    {
        Write("Some", $$"""
            Describe 'x' {
                It 'row <_>' -ForEach 1, 2 { Add-Content '{{_folder}}/ran.txt' "row $_" }
                It 'third' { }
                It 'other' { Add-Content '{{_folder}}/ran.txt' 'other' }
            }
            """);
        TestCase[] found = [.. PesterDiscoverer.Discover(Settle(), CancellationToken.None).Select(test => TestCases.From(test, Source))];
        Assert.Equal(["Some.x.row 1", "Some.x.row 2", "Some.x.third", "Some.x.other"], found.Select(test => test.FullyQualifiedName));
        Assert.False(File.Exists(Path.Combine(_folder, "ran.txt")));
        TestCase gone = new("Some.x.gone", new Uri(PesterExecutor.Address), Source) { CodeFilePath = found[0].CodeFilePath, LineNumber = 2 };
        IReadOnlyDictionary<string, TestResult> results = Run([found[1], found[2], gone]);
        Assert.Equal((TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Failed, 3), (results["Some.x.row 2"].Outcome, results["Some.x.third"].Outcome, results["Some.x.gone"].Outcome, results.Count));
        Assert.DoesNotContain("other", File.ReadAllLines(Path.Combine(_folder, "ran.txt")));
    }

    [Fact]
    public async Task A_file_that_hangs_fails_and_its_shell_is_ended()
    {
        Write("Hangs", "Describe 'x' { It 'one' { while ($true) { } } }");
        using PesterShells shells = new(Settle() with { LongestFile = TimeSpan.FromSeconds(4) });
        IReadOnlyList<PesterTest> tests = await shells.RunAsync(Path.Combine(_folder, "Hangs.Tests.ps1"), [], CancellationToken.None);
        Assert.Contains("did not end within", Assert.Single(tests).Message, StringComparison.Ordinal);
    }
}
