using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

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
        [ErrorIds.NotSent] = ErrorCategory.OperationStopped,
        [ErrorIds.OutcomeUnknown] = ErrorCategory.InvalidResult,
        [ErrorIds.ServiceDown] = ErrorCategory.ResourceUnavailable,
        [ErrorIds.InvalidId] = ErrorCategory.InvalidData,
        [ErrorIds.MangledId] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidNote] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidPattern] = ErrorCategory.InvalidArgument,
        [ErrorIds.InvalidEnvironment] = ErrorCategory.InvalidArgument,
        [ErrorIds.InvalidEmulatorData] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidStatus] = ErrorCategory.InvalidData,
        [ErrorIds.NothingToUpdate] = ErrorCategory.InvalidArgument,
        [ErrorIds.InvalidCsv] = ErrorCategory.InvalidData,
        [ErrorIds.InvalidJournal] = ErrorCategory.InvalidData,
        [ErrorIds.JournalInUse] = ErrorCategory.ResourceBusy,
        [ErrorIds.AppOnlyToken] = ErrorCategory.AuthenticationError,
        [ErrorIds.MfaRequired] = ErrorCategory.AuthenticationError,
        [ErrorIds.TokenExpired] = ErrorCategory.AuthenticationError,
        [ErrorIds.WrongAudience] = ErrorCategory.AuthenticationError,
        [ErrorIds.InsecureEndpoint] = ErrorCategory.SecurityError,
        [ErrorIds.SignInFailed] = ErrorCategory.AuthenticationError,
    };

    /// <summary>PowerShell's own error for a path that is not there.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause = null) =>
        new(cause ?? new ItemNotFoundException(Messages.PathNotFound.With(path)), ErrorIds.PathNotFound, ErrorCategory.ObjectNotFound, path);

    /// <summary>PowerShell's own error for a path of something else than files.</summary>
    public static ErrorRecord NotAFile(string path, string provider) =>
        new(new PSNotSupportedException(Messages.NotAFilePath.With(path, provider)), ErrorIds.NotAFile, ErrorCategory.InvalidArgument, path);

    /// <summary>PowerShell's own error for a pattern that matches too much.</summary>
    public static ErrorRecord SeveralFiles(string path, int count) =>
        new(new PSInvalidOperationException(Messages.NotOneFile.With(path, count)), ErrorIds.SeveralFiles, ErrorCategory.InvalidArgument, path);

    /// <summary>PowerShell's own error for a file that cannot be opened.</summary>
    public static ErrorRecord FileOpenFailure(string path, Exception cause) => new(
        new IOException(Messages.FileUnreadable.With(path, cause.Message), cause),
        ErrorIds.FileOpenFailure,
        cause is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.OpenError,
        path);

    /// <param name="error">What went wrong.</param>
    /// <param name="target">What the user gave. Null: nothing in particular.</param>
    /// <param name="location">Which of many it was ("Row 3"). Null: there is but one, or the message says it.</param>
    public static ErrorRecord From(PartnerCenterException error, object? target, string? location = null)
    {
        PartnerCenterException told = error.At(location);
        ErrorRecord record = new(told, error.ErrorId, Categories[error.ErrorId], target);
        if (error.ServiceMessage is not null || error.RecommendedAction is not null)
        {
            record.ErrorDetails = new(told.Message)
            {
                RecommendedAction = error.RecommendedAction ?? string.Empty,
            };
        }

        return record;
    }
}
