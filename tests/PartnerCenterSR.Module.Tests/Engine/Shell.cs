using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>A session of the real engine with the built module in it.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;

    public Shell(bool import = true)
    {
        _runspace = RunspaceFactory.CreateRunspace(new SilentHost(), InitialSessionState.CreateDefault2());
        _runspace.Open();
        if (import)
        {
            Run("Import-Module $args[0]", Built.ManifestPath).Succeeded();
        }
    }

    /// <summary>A session connected to a server of the test's.</summary>
    public static Shell ConnectedTo(TestServer server, string more = "-SkipValidation")
    {
        Shell shell = new();
        shell.Run($"Connect-PartnerCenter -AccessToken $args[0] -Endpoint $args[1] {more}", server.Token, server.Endpoint.AbsoluteUri).Succeeded();
        return shell;
    }

    /// <summary>Runs a script; what ends a command ends the script, so that it can be told from what does not.</summary>
    public Outcome Run(string script, params object?[] arguments) => RunOn($"try {{\n{script}\n}} catch {{ throw }}", arguments);

    /// <summary>Runs a script as at a prompt: after an error it goes on.</summary>
    public Outcome RunOn(string script, params object?[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        Collection<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException error)
        {
            terminating = error.ErrorRecord;
        }

        return new(output, [.. shell.Streams.Error], terminating, shell.Streams);
    }

    /// <summary>The command, for a test that starts and stops it itself.</summary>
    public PowerShell Create(string script, params object?[] arguments)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    /// <summary>What Tab offers at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.AsEnumerable()];
    }

    public void Dispose() => _runspace.Dispose();
}
