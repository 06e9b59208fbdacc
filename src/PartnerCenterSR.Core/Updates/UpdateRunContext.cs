using System;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What the updates of one run share.</summary>
/// <param name="Session">The connection.</param>
/// <param name="Options">The command's.</param>
/// <param name="Known">The notes that other updates put there.</param>
/// <param name="Places">Where one must have a place to be under way.</param>
/// <param name="Breaker">Who knows whether the service is down.</param>
/// <param name="Judge">Who judges what is read back.</param>
/// <param name="Wishes">How the run is to be made.</param>
internal sealed record UpdateRunContext(PartnerSession Session, CallOptions Options, KnownNotes Known, Places Places, ServiceBreaker Breaker, Judge Judge, UpdateWishes Wishes)
{
    /// <summary>Told of a failure before the place of its update is another's: it may end the run.</summary>
    public Action<PartnerCenterException> Failing { get; init; } = _ => { };
}
