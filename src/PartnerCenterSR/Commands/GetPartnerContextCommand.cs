using System.Management.Automation;
using PartnerCenterSR.Session;

namespace PartnerCenterSR.Commands;

/// <summary>Gives the connection of this runspace; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerContext", HelpUri = Online.Help + "Get-PartnerContext.md")]
[OutputType(typeof(PartnerContext))]
public sealed class GetPartnerContextCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (CurrentContext.Get() is { } context)
        {
            WriteObject(context);
        }
    }
}
