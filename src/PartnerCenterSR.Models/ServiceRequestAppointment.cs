using System;
using System.Globalization;

namespace PartnerCenterSR;

/// <summary>An appointment that a service request has.</summary>
public sealed class ServiceRequestAppointment
{
    internal ServiceRequestAppointment()
    {
    }

    /// <summary>The request. Null: the service did not say. So for the others.</summary>
    public string? ServiceRequestId { get; internal init; }

    /// <summary>With whom.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>Her mail address.</summary>
    public string? CustomerEmailAddress { get; internal init; }

    /// <summary>Her phone number.</summary>
    public string? CustomerPhone { get; internal init; }

    /// <summary>When it begins, by the clocks of <see cref="StartTimeZone"/>.</summary>
    public DateTime? Start { get; internal init; }

    /// <summary>The time zone of the beginning, by the service's name.</summary>
    public string? StartTimeZone { get; internal init; }

    /// <summary>When it ends, by the clocks of <see cref="EndTimeZone"/>.</summary>
    public DateTime? End { get; internal init; }

    /// <summary>The time zone of the end, by the service's name.</summary>
    public string? EndTimeZone { get; internal init; }

    /// <summary>What was noted for it.</summary>
    public string? Notes { get; internal init; }

    /// <summary>When, and with whom.</summary>
    public override string ToString() =>
        SafeText.Inline(string.Join(" ", Start?.ToString("g", CultureInfo.CurrentCulture), StartTimeZone, CustomerName).Trim());
}
