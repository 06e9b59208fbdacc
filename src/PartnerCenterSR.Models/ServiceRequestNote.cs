using System;
using System.Globalization;

namespace PartnerCenterSR;

/// <summary>A note on a service request.</summary>
public sealed class ServiceRequestNote
{
    internal ServiceRequestNote()
    {
    }

    /// <summary>The request that it is on. Null: it was not read with one.</summary>
    public string? ServiceRequestId { get; internal init; }

    /// <summary>Who wrote it. Null: the service did not say.</summary>
    public string? CreatedByName { get; internal init; }

    /// <summary>When it was written, in local time by the service's clock. Null: the service did not say.</summary>
    public DateTime? CreatedDate
    {
        get => CreatedAt?.LocalDateTime;
        internal init => CreatedAt = value?.ToUniversalTime();
    }

    /// <summary>The same as it is: of a local time not even the system always knows which it is.</summary>
    internal DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What it says.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>Date, author and text, as far as they are known.</summary>
    public override string ToString()
    {
        string date = CreatedDate is { } at ? at.ToString("g", CultureInfo.CurrentCulture) + " " : string.Empty;
        string author = string.IsNullOrEmpty(CreatedByName) ? string.Empty : CreatedByName + ": ";
        return SafeText.Lines(date + author + Text);
    }
}
