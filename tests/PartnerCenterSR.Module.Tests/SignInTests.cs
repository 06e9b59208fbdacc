using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Every way to sign in, end to end: public parameters, a real sign-in service, a process that trusts its certificate.</summary>
public sealed class SignInTests : IDisposable
{
    private const string Application = "66666666-7777-8888-9999-000000000000";
    private const string Connect = "Connect-PartnerCenter -Endpoint $A -Authority $B -Tenant contoso.example -MaximumRetryCount 2 ";
    private const string Work = """

        | ForEach-Object { "context $($_.Account) $($_.Tenant) $($_.SignIn) $($_.Mfa) $($_.CanRenew) $($_.Scopes.Count) $($_.ExpiresOn -gt [DateTime]::Now)" }
        'listed ' + @(Get-PartnerServiceRequest).Count
        'updated ' + (Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note signed-in).Notes.Count

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Expected(string kind) =>
        [$"context admin@contoso.example contoso.example {kind} True True 1 True", "listed 24", "updated 2"];

    private (TestServer Api, SignInServer SignIn, Dictionary<string, string> Trust) Start(Func<SignInServerOptions, SignInServerOptions> how, TestServerOptions? api = null)
    {
        SignInServer? signIn = null;
        TestServer server = TestServer.Start((api ?? new()) with { Accepts = token => signIn!.Accepts(token) });
        signIn = SignInServer.Start(how(new() { Audience = server.Endpoint.GetLeftPart(UriPartial.Authority) }));
        string pem = Path.Combine(_folder, "trust.pem");
        File.WriteAllText(pem, signIn.Pem);
        return (server, signIn, new() { ["SSL_CERT_FILE"] = pem });
    }

    private static void AssertNoSecrets(IEnumerable<string> said, SignInServer signIn) =>
        Assert.All(signIn.Secrets, secret => Assert.DoesNotContain(said, line => line.Contains(secret, StringComparison.Ordinal)));

    [Fact]
    public async Task The_device_code_is_shown_though_output_is_captured_and_waits_are_borne()
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options with { DevicePolls = ["authorization_pending", "authorization_pending"] });
        using (api)
        using (signIn)
        {
            string[] said = await ChildShell.RunAsync("$ErrorActionPreference = 'Stop'; Import-Module $Module\n$c = " + Connect + "-UseDeviceAuthentication\n$c" + Work, trust, api.Endpoint.AbsoluteUri, signIn.Authority.AbsoluteUri);
            Assert.Equal(["To sign in, open https://microsoft.com/devicelogin and enter the code F4K9QX2Z.", .. Expected("Device")], said);
            AssertNoSecrets(said, signIn);
        }
    }

    [Fact]
    public async Task The_browser_comes_back_to_this_machine_with_a_code_that_only_it_can_use()
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options);
        using (api)
        using (signIn)
        {
            FakeBrowser(trust, "curl -sLk -o /dev/null \"$1\"");
            string[] said = await ChildShell.RunAsync("$ErrorActionPreference = 'Stop'; Import-Module $Module\n" + Connect + Work, trust, api.Endpoint.AbsoluteUri, signIn.Authority.AbsoluteUri);
            Assert.Equal(Expected("User"), said.Skip(1));
            Assert.Equal(["authorization_code"], signIn.Grants);
        }
    }

    public static TheoryData<string> Proofs() => ["none", "secret", "credential", "certificate"];

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task A_refresh_token_signs_in_unattended_and_its_successor_is_handed_out(string proof)
    {
        using X509Certificate2 certificate = Certificates.ForApplication();
        File.WriteAllBytes(Path.Combine(_folder, "app.pfx"), certificate.Export(X509ContentType.Pkcs12));
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options with
        {
            RefreshTokens = ["first-refresh-token"],
            ClientSecret = proof is "secret" or "credential" ? "app-secret" : null,
            ClientCertificate = proof == "certificate" ? certificate : null,
        });
        using (api)
        using (signIn)
        {
            string with = proof switch
            {
                "secret" => $"-ApplicationId {Application} -ApplicationSecret app-secret",
                "credential" => "-Credential ([pscredential]::new('" + Application + "', (Secure 'app-secret')))",
                "certificate" => $"-ApplicationId {Application} -Certificate ([Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12FromFile('{Path.Combine(_folder, "app.pfx")}', $null))",
                _ => $"-ApplicationId {Application}",
            };
            string[] said = await ChildShell.RunAsync(
                "$ErrorActionPreference = 'Stop'; Import-Module $Module\nfunction Secure($text) { $s = [securestring]::new(); $text.ToCharArray().ForEach({ $s.AppendChar($_) }); $s }\n"
                + Connect + "-RefreshToken (Secure 'first-refresh-token') -RotatedRefreshTokenVariable next " + with + Work
                + "'next ' + $next.GetType().Name + ' ' + ([Net.NetworkCredential]::new('', $next).Password -like 'refresh-*')",
                trust,
                api.Endpoint.AbsoluteUri,
                signIn.Authority.AbsoluteUri);
            Assert.Equal([.. Expected("RefreshToken"), "next SecureString True"], said);
            Assert.Equal(["refresh_token"], signIn.Grants);
            AssertNoSecrets(said, signIn);
        }
    }

    [Fact]
    public async Task Tokens_that_end_in_mid_run_are_renewed_once_each_however_many_workers()
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(
            options => options with { RefreshTokens = ["first-refresh-token"], Lifetime = TimeSpan.FromSeconds(1) },
            new() { Generation = Generation.Older, Latency = TimeSpan.FromMilliseconds(40), KeepsCalls = true });
        using (api)
        using (signIn)
        {
            string[] said = await ChildShell.RunAsync(
                "$ErrorActionPreference = 'Stop'; Import-Module $Module\n" + Connect + "-RefreshToken first-refresh-token -ApplicationId " + Application + " | ForEach-Object { }\n"
                + "'updated ' + @(0..499 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 24); Note = \"n$_\" } } | Update-PartnerServiceRequest -ThrottleLimit 8).Count",
                trust,
                api.Endpoint.AbsoluteUri,
                signIn.Authority.AbsoluteUri);
            Assert.Equal(["updated 500"], said);
            Assert.Equal(500, api.Service.Updates);

            // Every token that was issued was also used: none was fetched twice over.
            Assert.InRange(signIn.Grants.Count, 2, 60);
            Assert.Equal(signIn.Grants.Count, api.Calls.Select(call => call.Headers["Authorization"]).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_kept_sign_in_on_a_machine_without_a_safe_store_is_a_warning_and_memory_only()
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options);
        using (api)
        using (signIn)
        {
            trust["HOME"] = _folder;
            trust["XDG_DATA_HOME"] = Path.Combine(_folder, "data");
            trust["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere";
            string[] said = await ChildShell.RunAsync("$ErrorActionPreference = 'Stop'; Import-Module $Module\n" + Connect + "-UseDeviceAuthentication -ContextScope CurrentUser" + Work, trust, api.Endpoint.AbsoluteUri, signIn.Authority.AbsoluteUri);
            if (OperatingSystem.IsLinux())
            {
                Assert.StartsWith("WARNING: This machine has no safe store", said[0], StringComparison.Ordinal);
            }

            foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            {
                AssertNoSecrets([File.ReadAllText(file)], signIn);
            }
        }
    }

    [Theory]
    [InlineData("-UseDeviceAuthentication", "-NonInteractive")]
    [InlineData("", "-noni")]
    public async Task Without_a_person_nothing_asks_and_the_error_says_what_to_use(string how, string argument)
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options);
        using (api)
        using (signIn)
        {
            string[] said = await ChildShell.RunAsync(
                "Import-Module $Module\ntry { " + Connect + how + " } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }",
                trust, api.Endpoint.AbsoluteUri, signIn.Authority.AbsoluteUri, argument);
            Assert.StartsWith("SignInFailed,", said[0], StringComparison.Ordinal);
            Assert.Contains("-RefreshToken", said[1], StringComparison.Ordinal);
            Assert.Empty(signIn.Secrets);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-UseDeviceAuthentication")]
    public async Task Stopping_while_waiting_for_a_person_ends_at_once_and_frees_the_port(string how)
    {
        (TestServer api, SignInServer signIn, Dictionary<string, string> trust) = Start(options => options with { DevicePolls = [.. Enumerable.Repeat("authorization_pending", 1000)] });
        using (api)
        using (signIn)
        {
            FakeBrowser(trust, "echo \"$1\" > " + Path.Combine(_folder, "asked"));
            string[] said = await ChildShell.RunAsync(
                """
                $ErrorActionPreference = 'Stop'
                $ps = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
                $ps.Runspace = [runspacefactory]::CreateRunspace($Host, [initialsessionstate]::CreateDefault2())
                $ps.Runspace.Open()
                $null = $ps.AddScript('param($Module, $A, $B) Import-Module $Module; 
                """ + Connect + how + """
                ').AddArgument($Module).AddArgument($A).AddArgument($B)
                $running = $ps.BeginInvoke()
                $asked = [IO.Path]::Combine($C, 'asked')
                while (-not [IO.File]::Exists($asked) -and -not $D) { [Threading.Thread]::Sleep(20) }
                while ($D -and $ps.InvocationStateInfo.State -ne 'Running') { [Threading.Thread]::Sleep(20) }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $ps.Stop()
                'stopped ' + ($watch.Elapsed.TotalSeconds -lt 5) + ' ' + $ps.InvocationStateInfo.State
                $port = if ($D) { 0 } else { [int]([regex]::Match([IO.File]::ReadAllText($asked), 'localhost%3A(\d+)').Groups[1].Value) }
                'listening ' + ($port -in [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners().Port)
                """,
                trust, api.Endpoint.AbsoluteUri, signIn.Authority.AbsoluteUri, _folder, how);
            Assert.Equal(["stopped True Stopped", "listening False"], said.TakeLast(2));
        }
    }

    private void FakeBrowser(Dictionary<string, string> environment, string does)
    {
        foreach (string name in new[] { "xdg-open", "gnome-open", "kfmclient", "microsoft-edge", "wslview" })
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllText(path, "#!/bin/sh\n" + does + " &\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        environment["PATH"] = _folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        environment.TryAdd("DISPLAY", ":99");
        Debug.Assert(environment.Count > 1);
    }
}
