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
        PartnerSession => throw CallErrors.Disconnected(),
        _ => throw new PartnerCenterException(ErrorIds.NotConnected, Messages.NotConnected) { RecommendedAction = Messages.NotConnectedAction },
    };

    private protected CallOptions CommandOptions => Options(IncludeOrganizationRequests);
}
