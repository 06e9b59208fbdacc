using System;

namespace PartnerCenterSR;

/// <summary>Compares what stands for a text with a text, or with another of its kind, as PowerShell compares texts: without case.</summary>
internal static class Shown
{
    public static bool AreSame(object one, object? other) =>
        other is not null && (other is string || other.GetType() == one.GetType()) && string.Equals(one.ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public static int Compare(object one, object? other) =>
        other is null ? 1 : string.Compare(one.ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public static int Hash(object one) => StringComparer.OrdinalIgnoreCase.GetHashCode(one.ToString());
}
