using System.Management.Automation;
using PartnerCenterSR.Connections;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Errors;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Pipeline;

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

    private protected PartnerSession Session => (Connection ?? CurrentContext.Get())?.Session as PartnerSession
        ?? throw new PartnerCenterException(ErrorIds.NotConnected, Messages.NotConnected) { RecommendedAction = Messages.NotConnectedAction };

    private protected CallOptions CommandOptions => Options(IncludeOrganizationRequests);

    /// <summary>Writes an error that is one item's own.</summary>
    private protected void WriteItemError(PartnerCenterException error, object? target, string? place = null) =>
        WriteError(ErrorRecords.From(error, target, place));
}
