using System;
using System.Linq;
using System.Management.Automation.Host;

namespace PartnerCenterSR.Session;

/// <summary>Whether a person is there to be asked. Where that is doubtful, nobody is.</summary>
internal static class Interactivity
{
    private static readonly string[] HostsWithoutPeople = ["Default Host", "ServerRemoteHost", "OrchestratorSandbox"];
    private static readonly string[] SignsOfRobots = ["GITHUB_ACTIONS", "TF_BUILD", "AZUREPS_HOST_ENVIRONMENT", "AUTOMATION_ASSET_ACCOUNTID"];

    public static bool IsInteractive(PSHost host) =>
        Environment.UserInteractive
        && host.UI is not null
        && !HostsWithoutPeople.Contains(host.Name, StringComparer.OrdinalIgnoreCase)
        && !SignsOfRobots.Any(sign => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(sign)))
        && !Environment.GetCommandLineArgs().Skip(1).Any(IsNonInteractive);

    /// <summary>PowerShell takes the switch by any beginning that is long enough, after a dash or a slash.</summary>
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5
        && argument[0] is '-' or '/'
        && "NonInteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase);
}
