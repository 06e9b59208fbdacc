using System;

namespace PartnerCenterSR.Connections;

/// <summary>Where each cloud's API and sign-in are.</summary>
internal static class Clouds
{
    private static readonly Uri Api = new("https://api.partnercenter.microsoft.com");

    public static Uri Endpoint(PartnerEnvironment environment) => environment == PartnerEnvironment.China
        ? new("https://partner.partnercenterapi.microsoftonline.cn")
        : Api;

    public static Uri Authority(PartnerEnvironment environment) => environment switch
    {
        PartnerEnvironment.USGovernment => new("https://login.microsoftonline.us"),
        PartnerEnvironment.Germany => new("https://login.microsoftonline.de"),
        PartnerEnvironment.China => new("https://login.chinacloudapi.cn"),
        _ => new("https://login.microsoftonline.com"),
    };
}
