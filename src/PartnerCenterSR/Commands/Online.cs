namespace PartnerCenterSR.Commands;

/// <summary>Where the pages of the help are on the web.</summary>
internal static class Online
{
    public const string Help = "https://github.com/PartnerCenterSR/PartnerCenterSR/blob/main/docs/en-US/";
}
