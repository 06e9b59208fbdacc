namespace PartnerCenterSR;

/// <summary>How a connection signed in.</summary>
public enum SignInKind
{
    /// <summary>In the system's browser.</summary>
    User,

    /// <summary>With a code entered on another device.</summary>
    Device,

    /// <summary>With a refresh token, unattended.</summary>
    RefreshToken,

    /// <summary>With an access token that came from elsewhere.</summary>
    AccessToken,

    /// <summary>To the built-in emulator.</summary>
    Emulator,
}
