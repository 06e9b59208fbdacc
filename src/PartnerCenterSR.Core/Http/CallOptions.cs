using System;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>What a command says about all its calls.</summary>
internal sealed record CallOptions(IClientObserver Observer, CancellationToken Cancellation)
{
    public bool IncludeOrganizationRequests { get; init; }

    /// <summary>Cancels waiting of every kind. A call that is under way is cancelled later, by <see cref="Cancellation"/>.</summary>
    public CancellationToken Waiting { get; init; } = Cancellation;

    /// <summary>Called each time before a call sets out, behind all waiting. Null, or where it gives nothing: it may. Else it waits for what that does, without a place, and asks again.</summary>
    public Func<Task?>? Preparing { get; init; }

    /// <summary>Called each time when a call sets out. Null: nothing is.</summary>
    public Action? SettingOut { get; init; }

    /// <summary>Called when a call was refused that is made again with another token. Null: nothing is.</summary>
    public Action? Refused { get; init; }

    /// <summary>Whether nothing new is to set out.</summary>
    public bool IsStopping => Waiting.IsCancellationRequested || Cancellation.IsCancellationRequested;
}
