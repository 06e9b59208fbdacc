using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>The clouds in which Partner Center has an API: a cloud is a line here, a name in <see cref="PartnerEnvironment"/>, and a word in the help.</summary>
internal static class Clouds
{
    private const string Closed = "Germany";
    private static readonly Uri Api = new("https://api.partnercenter.microsoft.com");

    public static IReadOnlyList<Cloud> All { get; } =
    [
        new(PartnerEnvironment.Global, Api, new("https://login.microsoftonline.com")),
        new(PartnerEnvironment.USGovernment, Api, new("https://login.microsoftonline.us")),
        new(PartnerEnvironment.China, new("https://partner.partnercenterapi.microsoftonline.cn"), new("https://login.chinacloudapi.cn"), "login.partner.microsoftonline.cn"),
    ];

    /// <exception cref="PartnerCenterException">There is no such cloud, or no more.</exception>
    public static Cloud Get(string name) => string.Equals(name, Closed, StringComparison.OrdinalIgnoreCase)
        ? throw new PartnerCenterException(ErrorIds.InvalidEnvironment, Messages.GermanyClosed) { RecommendedAction = Messages.GermanyClosedAction }
        :
        All.FirstOrDefault(cloud => string.Equals(cloud.Environment.ToString(), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PartnerCenterException(
            ErrorIds.InvalidEnvironment, Messages.InvalidEnvironment.With(name, string.Join(", ", All.Select(cloud => cloud.Environment))));

    /// <summary>Whether the sign-in service of a cloud is at a host, which MSAL then knows more about than it is told.</summary>
    public static bool HasAuthority(string host) => All.Any(cloud => cloud.AuthorityHosts.Contains(host, StringComparer.OrdinalIgnoreCase));
}
