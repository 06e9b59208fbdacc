using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>Runs the suite: a file a shell at a time, two more at a time than there are processors, for they often wait; four at most.</summary>
[ExtensionUri(Address)]
public sealed class PesterExecutor : ITestExecutor, IDisposable
{
    /// <summary>The name by which the test platform knows this executor.</summary>
    public const string Address = "executor://partnercentersr/pester";

    private readonly CancellationTokenSource _cancel = new();

    /// <summary>How many files run at a time.</summary>
    internal static int Width { get; } = Math.Min(Environment.ProcessorCount + 2, 4);

    /// <inheritdoc/>
    public void Cancel() => _cancel.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();

    /// <inheritdoc/>
    public void RunTests(IEnumerable<string>? sources, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        foreach (string source in sources ?? [])
        {
            if (PesterSettings.Read(source) is not { } settings)
            {
                continue;
            }

            if (runContext?.GetTestCaseFilter(["FullyQualifiedName", "DisplayName", "Name"], _ => null) is { } filter)
            {
                RunTests(
                    PesterDiscoverer.Discover(settings, _cancel.Token).Select(test => TestCases.From(test, source))
                        .Where(test => filter.MatchTestCase(test, name => name == "FullyQualifiedName" ? test.FullyQualifiedName : test.DisplayName)),
                    runContext,
                    frameworkHandle);
                continue;
            }

            Run(settings, settings.Files.Select(file => (file, (TestCase[]?)null)), source, frameworkHandle!);
        }
    }

    /// <inheritdoc/>
    public void RunTests(IEnumerable<TestCase>? tests, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        foreach (IGrouping<string, TestCase> ofSource in (tests ?? []).GroupBy(test => test.Source))
        {
            if (PesterSettings.Read(ofSource.Key) is { } settings)
            {
                Run(settings, ofSource.GroupBy(test => test.CodeFilePath!).Select(ofFile => (ofFile.Key, (TestCase[]?)[.. ofFile])), ofSource.Key, frameworkHandle!);
            }
        }
    }

    /// <summary>Runs files and records what came of them. A test that was asked for and did not run is a failure too.</summary>
    private void Run(PesterSettings settings, IEnumerable<(string File, TestCase[]? Wanted)> files, string source, IFrameworkHandle handle)
    {
        using PesterShells shells = new(settings);
        Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = _cancel.Token }, async (item, cancellation) =>
        {
            int[] lines = item.Wanted is null ? [] : [.. item.Wanted.Select(test => test.LineNumber).Where(line => line > 1).Distinct()];
            IReadOnlyList<PesterTest> ran = await shells.RunAsync(item.File, lines, cancellation).ConfigureAwait(false);
            Dictionary<string, TestCase>? wanted = item.Wanted?.ToDictionary(test => test.FullyQualifiedName);
            foreach (PesterTest test in ran.Where(test => wanted is null || test.IsStandIn || wanted.ContainsKey(test.Name)))
            {
                TestCase? known = null;
                wanted?.Remove(test.Name, out known);
                Record(handle, test, known ?? TestCases.From(test, source));
            }

            foreach (TestCase missing in wanted?.Values.AsEnumerable() ?? [])
            {
                Record(handle, new(missing.FullyQualifiedName) { Result = "Failed", Message = "It was asked for, but did not run." }, missing);
            }
        }).GetAwaiter().GetResult();
    }

    private static void Record(IFrameworkHandle handle, PesterTest test, TestCase testCase)
    {
        handle.RecordStart(testCase);
        TestResult result = TestCases.ResultOf(test, testCase);
        handle.RecordEnd(testCase, result.Outcome);
        handle.RecordResult(result);
    }
}
