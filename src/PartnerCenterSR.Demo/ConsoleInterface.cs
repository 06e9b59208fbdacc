using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PartnerCenterSR.Demo;

/// <summary>What is said goes to standard output; nobody is there to be asked.</summary>
internal sealed class ConsoleInterface : PSHostUserInterface
{
    private const int BarWidth = 20;
    private string? _lastProgress;

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleSurface();

    public override void Write(string value) => Console.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Console.Write(value);

    public override void WriteLine(string value) => Console.WriteLine(value);

    public override void WriteErrorLine(string value) => Console.WriteLine(value);

    public override void WriteDebugLine(string message) => Console.WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => Console.WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => Console.WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        string filled = new('■', Math.Max(0, record.PercentComplete) * BarWidth / 100);
        string left = record.SecondsRemaining < 0 ? string.Empty : $", {TimeSpan.FromSeconds(record.SecondsRemaining):m\\:ss} left";
        string line = record.RecordType == ProgressRecordType.Completed
            ? $"{record.Activity}  [completed]"
            : $"{record.Activity}  [{filled,-BarWidth}]  {record.StatusDescription}{left}  {record.CurrentOperation}".TrimEnd();
        if (line != _lastProgress)
        {
            Console.WriteLine(line);
            _lastProgress = line;
        }
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new PSInvalidOperationException("Nobody is there to be asked.");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => defaultChoice;

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSInvalidOperationException("Nobody is there to be asked.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new PSInvalidOperationException("Nobody is there to be asked.");

    public override string ReadLine() => throw new PSInvalidOperationException("Nobody is there to be asked.");

    public override SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("Nobody is there to be asked.");
}
