using System.Collections.Generic;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Errors;

/// <summary>Every error record of the module is made here.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<string, ErrorCategory> Categories = new()
    {
        [ErrorIds.NotConnected] = ErrorCategory.ConnectionError,
        [ErrorIds.Unauthenticated] = ErrorCategory.AuthenticationError,
        [ErrorIds.AccessDenied] = ErrorCategory.PermissionDenied,
        [ErrorIds.NotFound] = ErrorCategory.ObjectNotFound,
        [ErrorIds.InvalidRequest] = ErrorCategory.InvalidArgument,
        [ErrorIds.Throttled] = ErrorCategory.LimitsExceeded,
        [ErrorIds.ServiceUnavailable] = ErrorCategory.ResourceUnavailable,
        [ErrorIds.ConnectionFailed] = ErrorCategory.ConnectionError,
        [ErrorIds.Timeout] = ErrorCategory.OperationTimeout,
        [ErrorIds.MalformedResponse] = ErrorCategory.ProtocolError,
        [ErrorIds.OutcomeUnknown] = ErrorCategory.InvalidResult,
        [ErrorIds.InvalidId] = ErrorCategory.InvalidData,
        [ErrorIds.MangledId] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidStatus] = ErrorCategory.InvalidData,
        [ErrorIds.NothingToUpdate] = ErrorCategory.InvalidArgument,
        [ErrorIds.InvalidCsv] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidJournal] = ErrorCategory.InvalidData,
        [ErrorIds.JournalInUse] = ErrorCategory.ResourceBusy,
        [ErrorIds.AppOnlyToken] = ErrorCategory.AuthenticationError,
        [ErrorIds.TokenExpired] = ErrorCategory.AuthenticationError,
        [ErrorIds.WrongAudience] = ErrorCategory.AuthenticationError,
        [ErrorIds.InsecureEndpoint] = ErrorCategory.SecurityError,
        [ErrorIds.SignInFailed] = ErrorCategory.AuthenticationError,
    };

    /// <param name="error">What went wrong.</param>
    /// <param name="target">What the user gave. Null: nothing in particular.</param>
    /// <param name="place">Which of many it was ("Row 3"). Null: there is but one, or the message says it.</param>
    public static ErrorRecord From(PartnerCenterException error, object? target, string? place = null)
    {
        ErrorRecord record = new(error, error.ErrorId, Categories[error.ErrorId], target);
        if (place is not null || error.ServiceMessage is not null || error.RecommendedAction is not null)
        {
            record.ErrorDetails = new(place is null ? error.Message : Messages.AtPlace.With(place, error.Message))
            {
                RecommendedAction = error.RecommendedAction ?? string.Empty,
            };
        }

        return record;
    }
}
