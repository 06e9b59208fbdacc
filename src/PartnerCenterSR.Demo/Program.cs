using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace PartnerCenterSR.Demo;

/// <summary>Runs a PowerShell script in the real engine: the bulk update of docs/examples, or the one named.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string root = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!;
        string script = Path.GetFullPath(args.FirstOrDefault() ?? Path.Combine(root, "docs", "examples", "bulk-update.ps1"));
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        ConsoleHost host = new();
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            shell.BeginStop(null, null);
        };
        if (Console.IsOutputRedirected)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        shell.AddCommand(script);
        foreach (string argument in args.Skip(1))
        {
            shell.AddArgument(argument);
        }

        // Errors go where the output goes, in their turn, as at a prompt.
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            shell.Invoke();
            return host.ExitCode ?? 0;
        }
        catch (PipelineStoppedException)
        {
            return 130;
        }
        catch (RuntimeException error)
        {
            host.UI.WriteErrorLine($"{error.ErrorRecord.FullyQualifiedErrorId}: {error.ErrorRecord}");
            return 1;
        }
    }
}
