using System.Management.Automation;
using PartnerCenterSR.Connections;

namespace PartnerCenterSR.Commands;

/// <summary>Gives the connection of this runspace; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerContext")]
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
