using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace PartnerCenterSR.Core.Tests.PesterAdapter;

/// <summary>Keeps the results that the adapter records.</summary>
internal sealed class RecordingHandle : IFrameworkHandle
{
    public ConcurrentDictionary<string, TestResult> Results { get; } = new();

    public bool EnableShutdownAfterTestRun { get; set; }

    public void RecordResult(TestResult testResult) => Assert(Results.TryAdd(testResult.TestCase.FullyQualifiedName, testResult));

    public void RecordStart(TestCase testCase)
    {
    }

    public void RecordEnd(TestCase testCase, TestOutcome outcome)
    {
    }

    public void RecordAttachments(IList<AttachmentSet> attachmentSets)
    {
    }

    public void SendMessage(TestMessageLevel testMessageLevel, string message)
    {
    }

    public int LaunchProcessWithDebuggerAttached(string filePath, string? workingDirectory, string? arguments, IDictionary<string, string?>? environmentVariables) =>
        throw new NotSupportedException();

    private static void Assert(bool isNew) => Xunit.Assert.True(isNew, "The same test was recorded twice.");
}
