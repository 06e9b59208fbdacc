using System;
using System.Linq;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>Whether a person is there to be asked, judged by what is. Where that is doubtful, nobody is.</summary>
internal static class Interactivity
{
    private const string ConsoleHost = "ConsoleHost";
    private static readonly string[] HostsWithoutPeople = ["Default Host", "ServerRemoteHost", "OrchestratorSandbox"];
    private static readonly string[] SignsOfRobots = ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "AZUREPS_HOST_ENVIRONMENT", "AUTOMATION_ASSET_ACCOUNTID"];
    private static readonly string[] SignsOfDesktops = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];

    /// <summary>Why nobody can sign in in a browser that opens here. Null: somebody can.</summary>
    public static string? WithoutBrowser(PSHost host) =>
        WithoutPerson(host)
        ?? (HostsWithoutPeople.Contains(host.Name, StringComparer.OrdinalIgnoreCase) ? Messages.PresenceHost.With(host.Name) : null)
        ?? (RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && !SignsOfDesktops.Any(IsSet) ? Messages.PresenceDesktop : null);

    /// <summary>Why nobody can read a code and enter it elsewhere. Null: somebody can; in remote sessions and jobs PowerShell carries it.</summary>
    public static string? WithoutPerson(PSHost host) =>
        Environment.GetCommandLineArgs().Skip(1).Any(IsNonInteractive) ? Messages.PresenceSwitch
        : SignsOfRobots.FirstOrDefault(IsSet) is { } sign ? Messages.PresenceRobot.With(sign)
        : !Environment.UserInteractive || host.UI is null ? Messages.PresenceHost.With(host.Name)
        : host.Name == ConsoleHost && Console.IsInputRedirected ? Messages.PresenceInput
        : null;

    /// <summary>"CI=false" is no sign.</summary>
    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        && !string.Equals(value, bool.FalseString, StringComparison.OrdinalIgnoreCase) && value != "0";

    /// <summary>PowerShell takes the switch by any beginning that is long enough, after a dash or a slash.</summary>
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5
        && argument[0] is '-' or '/'
        && "NonInteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase);
}
