using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>Finds the tests of the suite, for an editor's test explorer and for "--list-tests".</summary>
[FileExtension(".dll")]
[FileExtension(".exe")]
[DefaultExecutorUri(PesterExecutor.Address)]
public sealed class PesterDiscoverer : ITestDiscoverer
{
    /// <inheritdoc/>
    public void DiscoverTests(
        IEnumerable<string> sources, IDiscoveryContext discoveryContext, IMessageLogger logger, ITestCaseDiscoverySink discoverySink)
    {
        foreach (string source in sources)
        {
            if (PesterSettings.Read(source) is not { } settings)
            {
                continue;
            }

            foreach (PesterTest test in Discover(settings, CancellationToken.None))
            {
                if (test.Message is { } problem)
                {
                    logger.SendMessage(TestMessageLevel.Error, $"{test.Name}: {problem}");
                }

                discoverySink.SendTestCase(TestCases.From(test, source));
            }
        }
    }

    internal static IReadOnlyList<PesterTest> Discover(PesterSettings settings, CancellationToken cancellation)
    {
        using PesterShells shells = new(settings);
        return [.. settings.Files.AsParallel().AsOrdered().WithDegreeOfParallelism(PesterExecutor.Width)
            .SelectMany(file => shells.DiscoverAsync(file, cancellation).GetAwaiter().GetResult())];
    }
}
