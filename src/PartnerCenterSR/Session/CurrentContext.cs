using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Session;

/// <summary>The connection of each runspace. Each lives until it is disconnected or its runspace ends, current or not.</summary>
internal static class CurrentContext
{
    private static readonly ConditionalWeakTable<Runspace, Holder> Holders = new();

    /// <summary>Null: this runspace has none.</summary>
    public static PartnerContext? Get() =>
        Runspace.DefaultRunspace is { } runspace && Holders.TryGetValue(runspace, out Holder? holder) ? holder.Context : null;

    public static void Set(PartnerContext? context)
    {
        if (Runspace.DefaultRunspace is not { } runspace)
        {
            return;
        }

        Holder holder = Holders.GetValue(runspace, Watch);
        holder.Context = context;
        holder.Made.RemoveAll(made => made.IsEnded);
        if (context is not null)
        {
            holder.Made.Add((PartnerSession)context.Session);
        }
    }

    /// <summary>Ends all connections of this runspace.</summary>
    public static void EndAll()
    {
        if (Runspace.DefaultRunspace is { } runspace && Holders.TryGetValue(runspace, out Holder? holder))
        {
            holder.End();
        }
    }

    private static Holder Watch(Runspace runspace)
    {
        Holder holder = new();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                holder.End();
            }
        };
        return holder;
    }

    private sealed class Holder
    {
        public PartnerContext? Context { get; set; }

        public List<PartnerSession> Made { get; } = [];

        public void End()
        {
            Context = null;
            Made.ForEach(made => made.Dispose());
            Made.Clear();
        }
    }
}
