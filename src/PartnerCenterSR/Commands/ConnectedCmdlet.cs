using System;
using System.Management.Automation;
using PartnerCenterSR.Session;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Commands;

/// <summary>A cmdlet that needs a connection.</summary>
public abstract class ConnectedCmdlet : AsyncCmdlet
{
    /// <summary>The connection to use. Null: that of this runspace.</summary>
    [Parameter]
    [ValidateNotNull]
    public PartnerContext? Connection { get; set; }

    /// <summary>Whether to act as Support Request Administrator on the organization's requests.</summary>
    [Parameter]
    public SwitchParameter IncludeOrganizationRequests { get; set; }

    private protected PartnerSession Session => (Connection ?? CurrentContext.Get())?.Session switch
    {
        PartnerSession { IsEnded: false } session => session,
        PartnerSession => throw CallErrors.Disconnected(ConnectCommand),
        _ => throw new PartnerCenterException(ErrorIds.NotConnected, Messages.NotConnected) { RecommendedAction = Messages.NotConnectedAction.With(ConnectCommand) },
    };

    /// <summary>The name to connect by: with the module's where another module owns it, or as it was imported.</summary>
    private string ConnectCommand
    {
        get
        {
            CommandInfo own = MyInvocation.MyCommand;
            int noun = own.Name.IndexOf('-') + 1;
            string prefix = own.Name.Substring(noun, Math.Max(0, own.Name.IndexOf("Partner", StringComparison.OrdinalIgnoreCase) - noun));
            string name = $"{VerbsCommunications.Connect}-{prefix}PartnerCenter";
            return InvokeCommand.GetCommand(name, CommandTypes.All) is { } found && found.ModuleName != own.ModuleName ? $"{own.ModuleName}\\{name}" : name;
        }
    }

    private protected CallOptions CommandOptions => Options(IncludeOrganizationRequests);
}
