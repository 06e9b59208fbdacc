using System;
using System.Collections.Generic;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR;

/// <summary>Something went wrong between this module and Partner Center. It never carries a secret.</summary>
public sealed class PartnerCenterException : Exception
{
    private readonly string? _serviceErrorCode;
    private readonly string? _serviceMessage;

    internal PartnerCenterException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>The stable id of the trouble, the same in every language.</summary>
    public string ErrorId { get; }

    /// <summary>The HTTP status. Null: there was no answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The service's own code for the error. Null: it gave none.</summary>
    public string? ServiceErrorCode
    {
        get => _serviceErrorCode;
        internal init => _serviceErrorCode = value is null ? null : SafeText.Line(value);
    }

    /// <summary>The service's own words. Null: it gave none.</summary>
    public string? ServiceMessage
    {
        get => _serviceMessage;
        internal init => _serviceMessage = value is null ? null : SafeText.Line(value);
    }

    /// <summary>The MS-RequestId of the call. Null: none was made.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The MS-CorrelationId of the call, for Microsoft's support. Null: none was made.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>How long the service asked to wait. Null: it did not.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>What to do about it. Null: nothing better than the message.</summary>
    public string? RecommendedAction { get; internal init; }

    /// <summary>The same error, with the place of what it is about named first.</summary>
    /// <param name="location">The place ("Row 3", "Line 4", an id). Null: it needs none.</param>
    internal PartnerCenterException At(string? location) => location is null ? this : Copy(Messages.WithLocation.With(location, Message), OutcomeOpen);

    /// <summary>The same error, of a call that certainly did nothing.</summary>
    internal PartnerCenterException WithoutEffect() => OutcomeOpen ? Copy(Message, outcomeOpen: false) : this;

    private PartnerCenterException Copy(string message, bool outcomeOpen) => new(ErrorId, message, InnerException)
    {
        StatusCode = StatusCode,
        ServiceErrorCode = ServiceErrorCode,
        ServiceMessage = ServiceMessage,
        RequestId = RequestId,
        CorrelationId = CorrelationId,
        RetryAfter = RetryAfter,
        RecommendedAction = RecommendedAction,
        OutcomeOpen = outcomeOpen,
        InvalidFields = InvalidFields,
        ClaimsChallenge = ClaimsChallenge,
        IsPassing = IsPassing,
    };

    /// <summary>Whether the call may have taken effect all the same.</summary>
    internal bool OutcomeOpen { get; init; }

    /// <summary>The properties of an update that the service could not read, where it names any.</summary>
    internal IReadOnlyList<string> InvalidFields { get; init; } = [];

    /// <summary>A demand of the sign-in service that came with a 401, to hand back to it. Null: none.</summary>
    internal string? ClaimsChallenge { get; init; }

    /// <summary>Whether it is the sign-in service that fails for now.</summary>
    internal bool IsPassing { get; init; }
}
