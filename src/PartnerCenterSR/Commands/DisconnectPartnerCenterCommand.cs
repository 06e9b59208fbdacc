using System.Management.Automation;
using PartnerCenterSR.Session;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Commands;

/// <summary>Ends the connection of this runspace, or the one given, and forgets what its sign-in left on this machine.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PartnerCenter", HelpUri = Online.Help + "Disconnect-PartnerCenter.md")]
[OutputType(typeof(void))]
public sealed class DisconnectPartnerCenterCommand : PSCmdlet
{
    /// <summary>The connection to end. Null: that of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PartnerContext? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PartnerContext? current = CurrentContext.Get();
        if ((Connection ?? current) is not { } ending)
        {
            return;
        }

        ((PartnerSession)ending.Session).SignOut();
        if (ReferenceEquals(ending, current))
        {
            CurrentContext.Set(null);
        }
    }
}
