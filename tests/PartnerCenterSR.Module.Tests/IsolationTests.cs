using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Never in another module's way, nor any other in ours.</summary>
public sealed class IsolationTests
{
    private const string Loaded = "[AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -like 'Microsoft.Identity.Client' })";
    private const string SignIn = "try { Connect-PartnerCenter -RefreshToken x -ApplicationId y -Authority https://localhost:1 -MaximumRetryCount 0 } catch { 'tried ' + $_.FullyQualifiedErrorId.Split(',')[0] }";

    private static string Other(string version) => Path.Combine(
        typeof(IsolationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "NuGetPackageRoot").Value!,
        "microsoft.identity.client", version, "lib", "netstandard2.0", "Microsoft.Identity.Client.dll");

    [Fact]
    public async Task Import_and_the_emulator_load_no_msal_and_leave_only_cmdlets_and_models_in_the_default_context()
    {
        string[] said = await ChildShell.RunAsync(
            "Import-Module $Module; Connect-PartnerCenter -Emulator | ForEach-Object { }; Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note x | ForEach-Object { }\n'msal ' + @(" + Loaded + ").Count\n"
            + "[Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name }).Where({ $_ -like 'PartnerCenterSR*' -or $_ -in 'Polly.Core', 'CsvHelper' }) -ne 'PartnerCenterSR.Demo'",
            new Dictionary<string, string>());
        Assert.Equal(["msal 0", "PartnerCenterSR", "PartnerCenterSR.Models"], said.Take(1).Concat(said.Skip(1).Order()));
    }

    [Theory]
    [InlineData("4.61.3")]
    [InlineData("4.92.0")]
    public async Task Another_msal_loaded_first_stays_what_it_is_and_ours_works(string version)
    {
        string[] said = await ChildShell.RunAsync(
            "$null = [Reflection.Assembly]::LoadFrom($A); Import-Module $Module\n" + SignIn + "\n" + Loaded + ".ForEach({ \"$($_.GetName().Version) $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)\" })\n"
            + "[Microsoft.Identity.Client.PublicClientApplicationBuilder].Assembly.GetName().Version.ToString()",
            new Dictionary<string, string>(),
            Other(version));
        Assert.Equal("tried SignInFailed", said[0]);
        Assert.Contains($"{version}.0 Default", said);
        Assert.Contains(said, line => line.EndsWith(" PartnerCenterSR", StringComparison.Ordinal) && !line.StartsWith(version, StringComparison.Ordinal));
        Assert.Equal(version + ".0", said[^1]);
    }

    [Theory]
    [InlineData("4.61.3")]
    [InlineData("4.92.0")]
    public async Task Ours_loaded_first_does_not_stand_in_for_another(string version)
    {
        string[] said = await ChildShell.RunAsync(
            "Import-Module $Module\n" + SignIn + "\n$null = [Reflection.Assembly]::LoadFrom($A)\n"
            + "[Microsoft.Identity.Client.PublicClientApplicationBuilder].Assembly.GetName().Version.ToString()\n" + SignIn,
            new Dictionary<string, string>(),
            Other(version));
        Assert.Equal(["tried SignInFailed", version + ".0", "tried SignInFailed"], said);
    }

    [Fact]
    public async Task Two_runspaces_in_two_tenants_do_not_mix()
    {
        using TestServer first = TestServer.Start(new() { KeepsCalls = true });
        using TestServer second = TestServer.Start(new() { KeepsCalls = true });
        Task[] both =
        [
            .. new[] { first, second }.Select(server => Task.Run(() =>
            {
                using Shell shell = Shell.ConnectedTo(server, "-Tenant " + server.Endpoint.Port);
                shell.Run("1..30 | ForEach-Object { Update-PartnerServiceRequest 616122292874576 \"n$_\" | ForEach-Object { }; (Get-PartnerContext).Tenant }").Succeeded();
            })),
        ];
        await Task.WhenAll(both);
        Assert.All(first.Calls, call => Assert.Equal("Bearer " + first.Token, call.Headers["Authorization"]));
        Assert.All(second.Calls, call => Assert.Equal("Bearer " + second.Token, call.Headers["Authorization"]));
        Assert.Equal(31, first.Service.NotesOf("616122292874576").Count);
        Assert.Equal(31, second.Service.NotesOf("616122292874576").Count);
    }
}
