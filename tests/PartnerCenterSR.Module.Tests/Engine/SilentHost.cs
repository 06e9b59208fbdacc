using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>A host at which nobody sits, as in a runbook.</summary>
internal sealed class SilentHost : PSHost
{
    public override CultureInfo CurrentCulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override PSHostUserInterface UI => null!;

    public override Version Version { get; } = new(7, 6);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
