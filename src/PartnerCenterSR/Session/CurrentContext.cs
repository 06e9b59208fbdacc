using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Session;

/// <summary>The connection of each runspace. It ends with the runspace, or with the module.</summary>
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
        PartnerContext? before = holder.Context;
        holder.Context = context;
        if (before is not null && !ReferenceEquals(before, context))
        {
            End(before);
        }
    }

    private static Holder Watch(Runspace runspace)
    {
        Holder holder = new();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken && holder.Context is { } context)
            {
                holder.Context = null;
                End(context);
            }
        };
        return holder;
    }

    private static void End(PartnerContext context) => ((PartnerSession)context.Session).Dispose();

    private sealed class Holder
    {
        public PartnerContext? Context { get; set; }
    }
}
