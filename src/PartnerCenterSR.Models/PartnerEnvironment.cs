namespace PartnerCenterSR;

/// <summary>The clouds in which Partner Center has an API.</summary>
public enum PartnerEnvironment
{
    /// <summary>The public cloud.</summary>
    Global,

    /// <summary>Microsoft Cloud for US Government.</summary>
    USGovernment,

    /// <summary>China, operated by 21Vianet.</summary>
    China,

    /// <summary>An endpoint that the user named.</summary>
    Custom,

    /// <summary>The built-in emulator.</summary>
    Emulator,
}
