using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace PartnerCenterSR.Demo;

/// <summary>The console as PowerShell's host.</summary>
internal sealed class ConsoleHost : PSHost
{
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "PartnerCenterSR.Demo";

    public override PSHostUserInterface UI { get; } = new ConsoleInterface();

    public override Version Version { get; } = new(7, 6);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
