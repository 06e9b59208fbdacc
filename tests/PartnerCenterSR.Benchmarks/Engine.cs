using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Benchmarks;

/// <summary>The real engine with the built module, connected to a server.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public Engine(TestServer server)
    {
        _runspace.Open();
        Run("Import-Module $args[0]; $null = Connect-PartnerCenter -AccessToken $args[1] -Endpoint $args[2]", Manifest, server.Token, server.Endpoint);
    }

    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Manifest { get; } = Path.Combine(Root, "out", "PartnerCenterSR", "PartnerCenterSR.psd1");

    /// <summary>What the build wrote into the assembly.</summary>
    public static string Metadata(string key) =>
        typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;

    public TimeSpan Run(string script, params object?[] arguments) => Run(script, null, arguments);

    /// <param name="script">The script.</param>
    /// <param name="input">What is piped into it. Null: nothing.</param>
    /// <param name="arguments">Its arguments.</param>
    public TimeSpan Run(string script, System.Collections.IEnumerable? input, object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        Stopwatch stopwatch = Stopwatch.StartNew();
        shell.Invoke(input);
        TimeSpan elapsed = stopwatch.Elapsed;
        return shell.Streams.Error.Count == 0 ? elapsed : throw new InvalidOperationException(shell.Streams.Error[0].ToString(), shell.Streams.Error[0].Exception);
    }

    /// <summary>What a script says, errors left aside.</summary>
    public string Tell(string script, params object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return string.Join(" ", shell.Invoke());
    }

    public void Dispose() => _runspace.Dispose();
}
