namespace PartnerCenterSR;

/// <summary>How long a sign-in lasts.</summary>
public enum ContextScope
{
    /// <summary>It ends with the process.</summary>
    Process,

    /// <summary>It is kept, encrypted, for later processes of the same user.</summary>
    CurrentUser,
}
