using System;
using System.Collections.Generic;

namespace PartnerCenterSR;

/// <summary>
/// A service request (support ticket) as Partner Center knows it. Immutable: it is made from the service's answers only,
/// so that a row of a file is never taken for one. Null means that the service did not say.
/// </summary>
public sealed class ServiceRequest
{
    internal ServiceRequest()
    {
    }

    /// <summary>The number of the request.</summary>
    public string Id { get; internal init; } = string.Empty;

    /// <summary>The title, at most 255 characters.</summary>
    public string? Title { get; internal init; }

    /// <summary>The state; <see cref="ServiceRequestStatus.Unknown"/> for a word that this version has not seen.</summary>
    public ServiceRequestStatus Status { get; internal init; }

    /// <summary>The state for people: the name of <see cref="Status"/>, or the service's own word where that is unknown.</summary>
    public string StatusText { get; internal init; } = nameof(ServiceRequestStatus.None);

    /// <summary>The severity; <see cref="ServiceRequestSeverity.Unknown"/> for a word that this version has not seen.</summary>
    public ServiceRequestSeverity Severity { get; internal init; }

    /// <summary>The severity for people: the name of <see cref="Severity"/>, or the service's own word where that is unknown.</summary>
    public string SeverityText { get; internal init; } = nameof(ServiceRequestSeverity.Unknown);

    /// <summary>What the request is about. A list leaves it out; the single request has it.</summary>
    public string? Description { get; internal init; }

    /// <summary>The number of the support topic.</summary>
    public string? SupportTopicId { get; internal init; }

    /// <summary>The name of the support topic.</summary>
    public string? SupportTopicName { get; internal init; }

    /// <summary>What the support topic covers.</summary>
    public string? SupportTopicDescription { get; internal init; }

    /// <summary>The customer's organization.</summary>
    public ServiceRequestOrganization? Organization { get; internal init; }

    /// <summary>Whom Microsoft talks to.</summary>
    public ServiceRequestContact? PrimaryContact { get; internal init; }

    /// <summary>Who changed the request last.</summary>
    public ServiceRequestContact? LastUpdatedBy { get; internal init; }

    /// <summary>The number of the product.</summary>
    public string? ProductId { get; internal init; }

    /// <summary>The name of the product.</summary>
    public string? ProductName { get; internal init; }

    /// <summary>When it was opened, in local time. Null: the service's "never".</summary>
    public DateTime? CreatedDate
    {
        get => CreatedAt?.LocalDateTime;
        internal init => CreatedAt = value?.ToUniversalTime();
    }

    /// <summary>When it was changed last, in local time. Null: never.</summary>
    public DateTime? LastModifiedDate
    {
        get => LastModifiedAt?.LocalDateTime;
        internal init => LastModifiedAt = value?.ToUniversalTime();
    }

    /// <summary>The same dates as they are: of a local time not even the system always knows which it is.</summary>
    internal DateTimeOffset? CreatedAt { get; init; }

    internal DateTimeOffset? LastModifiedAt { get; init; }

    /// <summary>When it was closed last, in local time. Null: never.</summary>
    public DateTime? LastClosedDate { get; internal init; }

    /// <summary>The note that an answer calls new, if any.</summary>
    public ServiceRequestNote? NewNote { get; internal init; }

    /// <summary>The notes in the service's order. Null: they were not read, as in a list; the single request has them.</summary>
    public IReadOnlyList<ServiceRequestNote>? Notes { get; internal init; }

    /// <summary>Whether there are notes that nobody can read.</summary>
    internal bool HasOddNotes { get; init; }

    /// <summary>The country of the customer, two messages.</summary>
    public string? CountryCode { get; internal init; }

    /// <summary>Attached files.</summary>
    public IReadOnlyList<ServiceRequestFileLink> FileLinks { get; internal init; } = [];

    /// <summary>Who gets a copy of the mail.</summary>
    public IReadOnlyList<string> EmailCcList { get; internal init; } = [];

    /// <summary>Where the request was opened.</summary>
    public string? CreationChannel { get; internal init; }

    /// <summary>More facts, as the service names them.</summary>
    public IReadOnlyList<object?> AdditionalInfo { get; internal init; } = [];

    /// <summary>An appointment. Null: there is none.</summary>
    public ServiceRequestAppointment? Appointment { get; internal init; }

    /// <summary>The service's own marks on the resource: objectType, etag.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; internal init; } = Nothing;

    /// <summary>What the service sent beside all this, by its own names.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; internal init; } = Nothing;

    /// <summary>The customer through whom the request was read, if it was; an update goes the same way.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>Whether the service wrote the state as a number. Null: it wrote none.</summary>
    internal bool? IsStatusNumber { get; init; }

    /// <summary>The same of the severity.</summary>
    internal bool? IsSeverityNumber { get; init; }

    internal static IReadOnlyDictionary<string, object?> Nothing { get; } = new Dictionary<string, object?>();

    /// <summary>Number and title.</summary>
    public override string ToString() => SafeText.Inline(string.IsNullOrEmpty(Title) ? Id : $"{Id}: {Title}");
}
