using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using PartnerCenterSR.Session;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Completion;

/// <summary>The requests that the connection of a command line has seen.</summary>
internal static class RecentlySeen
{
    public static IReadOnlyList<ServiceRequest> In(IDictionary boundParameters)
    {
        object? given = boundParameters["Connection"] is PSObject wrapped ? wrapped.BaseObject : boundParameters["Connection"];
        return (given as PartnerContext ?? CurrentContext.Get())?.Session is PartnerSession session ? session.Recent.List() : [];
    }
}
