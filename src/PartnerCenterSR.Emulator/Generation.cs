namespace PartnerCenterSR.Emulator;

/// <summary>Which of the two services of the documents is played.</summary>
internal enum Generation
{
    /// <summary>204 after an update, numbers for states, ProblemDetails, next links.</summary>
    Current,

    /// <summary>200 with the request after an update, words for states, a byte order mark, {code, description} errors, no links.</summary>
    Older,
}
