namespace PartnerCenterSR;

/// <summary>The error ids that scripts may rely on. They never change with the language.</summary>
internal static class ErrorIds
{
    public const string NotConnected = nameof(NotConnected);
    public const string Unauthenticated = nameof(Unauthenticated);
    public const string AccessDenied = nameof(AccessDenied);
    public const string NotFound = nameof(NotFound);
    public const string InvalidRequest = nameof(InvalidRequest);
    public const string Throttled = nameof(Throttled);
    public const string ServiceUnavailable = nameof(ServiceUnavailable);
    public const string ConnectionFailed = nameof(ConnectionFailed);
    public const string Timeout = nameof(Timeout);
    public const string MalformedResponse = nameof(MalformedResponse);
    public const string NotSent = nameof(NotSent);
    public const string ServiceDown = nameof(ServiceDown);
    public const string OutcomeUnknown = nameof(OutcomeUnknown);
    public const string InvalidId = nameof(InvalidId);
    public const string MangledId = nameof(MangledId);
    public const string InvalidNote = nameof(InvalidNote);
    public const string InvalidStatus = nameof(InvalidStatus);
    public const string NothingToUpdate = nameof(NothingToUpdate);
    public const string InvalidCsv = nameof(InvalidCsv);
    public const string InvalidPattern = nameof(InvalidPattern);
    public const string InvalidEnvironment = nameof(InvalidEnvironment);
    public const string InvalidEmulatorData = nameof(InvalidEmulatorData);
    public const string InvalidJournal = nameof(InvalidJournal);
    public const string JournalInUse = nameof(JournalInUse);
    public const string AppOnlyToken = nameof(AppOnlyToken);
    public const string MfaRequired = nameof(MfaRequired);
    public const string TokenExpired = nameof(TokenExpired);
    public const string WrongAudience = nameof(WrongAudience);
    public const string InsecureEndpoint = nameof(InsecureEndpoint);
    public const string SignInFailed = nameof(SignInFailed);

    // PowerShell's own, for paths.
    public const string PathNotFound = nameof(PathNotFound);
    public const string FileOpenFailure = nameof(FileOpenFailure);
    public const string NotAFile = "ReadWriteFileNotFileSystemProvider";
    public const string SeveralFiles = "ReadWriteMultipleFilesNotSupported";
}
