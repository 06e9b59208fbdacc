namespace PartnerCenterSR.Testing;

/// <summary>What becomes of a connection whose call is misbehaved at.</summary>
internal enum FaultEnding
{
    /// <summary>An answer is sent.</summary>
    Answers,

    /// <summary>It is cut without a word.</summary>
    Cut,

    /// <summary>It is cut in the middle of the answer.</summary>
    HalfAnAnswer,

    /// <summary>It stays open, and nothing comes.</summary>
    Silence,
}
