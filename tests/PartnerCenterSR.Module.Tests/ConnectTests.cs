using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Connect-PartnerCenter tells the truth.</summary>
public sealed class ConnectTests
{
    private static Outcome Connect(Shell shell, string token, string endpoint, string more = "") =>
        shell.Run($"Connect-PartnerCenter -AccessToken $args[0] -Endpoint $args[1] {more}", token, endpoint);

    [Fact]
    public void A_good_token_connects_and_the_context_says_what_it_is()
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true, Accepts = token => token!.Contains('.', StringComparison.Ordinal) });
        using Shell shell = new();
        Outcome outcome = Connect(shell, Tokens.Jwt(Tokens.UserClaims(server.Endpoint.AbsoluteUri)), server.Endpoint.AbsoluteUri).Succeeded();
        Assert.Equal("PartnerCenterSR.PartnerContext", outcome.Output.Single().TypeNames[0]);
        Assert.Equal("admin@contoso.example", outcome.Value<string>("Account"));
        Assert.Equal("11111111-2222-3333-4444-555555555555", outcome.Value<string>("Tenant"));
        Assert.True(outcome.Value<bool?>("Mfa"));
        Assert.False(outcome.Value<bool>("CanRenew"));
        Assert.True(outcome.Value<DateTime?>("ExpiresOn") > DateTime.Now);
        Assert.Equal("AccessToken", outcome.Each("SignIn").Single());
        Assert.Empty(outcome.Warnings);
        Assert.Single(server.Calls);
        Assert.Equal("admin@contoso.example", shell.Run("(Get-PartnerContext).Account").Output.Single().ToString());
    }

    [Theory]
    [InlineData("SecureString")]
    [InlineData("string")]
    public void A_secret_may_be_secure_or_plain(string kind)
    {
        using TestServer server = TestServer.Start();
        using Shell shell = new();
        string make = kind == "string" ? "$args[0]" : "$args[0].ToCharArray() | ForEach-Object -Begin { $s = [securestring]::new() } -Process { $s.AppendChar($_) } -End { $s }";
        shell.Run($"$t = {make}; Connect-PartnerCenter -AccessToken $t -Endpoint $args[1]", server.Token, server.Endpoint).Succeeded();
    }

    [Fact]
    public void A_refused_token_leaves_no_context_not_even_the_one_before()
    {
        using TestServer server = TestServer.Start();
        using Shell shell = Shell.ConnectedTo(server, string.Empty);
        Outcome outcome = Connect(shell, "wrong", server.Endpoint.AbsoluteUri);
        outcome.OneError("Unauthenticated");
        Assert.NotNull(outcome.Terminating);
        Assert.Empty(shell.Run("Get-PartnerContext").Output);
        shell.Run("Get-PartnerServiceRequest").OneError("NotConnected");
    }

    [Fact]
    public void Nobody_there_is_a_connection_error()
    {
        TestServer server = TestServer.Start();
        server.Dispose();
        using Shell shell = new();
        Connect(shell, "x", server.Endpoint.AbsoluteUri, "-MaximumRetryCount 0").OneError("ConnectionFailed");
        Connect(shell, "x", server.Endpoint.AbsoluteUri, "-SkipValidation").Succeeded();
    }

    [Theory]
    [InlineData("AppOnlyToken")]
    [InlineData("TokenExpired")]
    [InlineData("WrongAudience")]
    public void A_token_that_cannot_serve_is_refused_before_it_is_sent(string errorId)
    {
        using TestServer server = TestServer.Start(new() { KeepsCalls = true });
        string own = server.Endpoint.AbsoluteUri;
        string token = Tokens.Jwt(errorId switch
        {
            "AppOnlyToken" => new { aud = own, appid = "x", roles = new[] { "r" }, idtyp = "app" },
            "TokenExpired" => Tokens.UserClaims(own, DateTimeOffset.UtcNow.AddMinutes(-5)),
            _ => Tokens.UserClaims("https://graph.microsoft.com"),
        });
        using Shell shell = new();
        Outcome outcome = Connect(shell, token, own);
        Assert.NotNull(outcome.Terminating);
        Assert.NotEmpty(outcome.OneError(errorId).ErrorDetails.RecommendedAction);
        Assert.Empty(server.Calls);
        Assert.Empty(shell.Run("Get-PartnerContext").Output);
    }

    [Theory]
    [InlineData("fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd")]
    [InlineData("ENDPOINT")]
    public void Both_audiences_of_the_api_are_accepted_and_a_missing_second_factor_warned_of(string audience)
    {
        using TestServer server = TestServer.Start(new() { Accepts = _ => true });
        using Shell shell = new();
        string own = server.Endpoint.AbsoluteUri.TrimEnd('/');
        Outcome outcome = Connect(shell, Tokens.Jwt(Tokens.UserClaims(audience.Replace("ENDPOINT", own, StringComparison.Ordinal), methods: ["pwd"])), own).Succeeded();
        Assert.Contains("900421", outcome.Warnings.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.partnercenter.example")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("api.partnercenter.example")]
    public void A_token_never_leaves_in_the_clear(string endpoint)
    {
        using Shell shell = new();
        Connect(shell, "x", endpoint).OneError("InsecureEndpoint");
    }

    [Theory]
    [InlineData("Global", "https://api.partnercenter.microsoft.com/")]
    [InlineData("USGovernment", "https://api.partnercenter.microsoft.com/")]
    [InlineData("Germany", "https://api.partnercenter.microsoft.com/")]
    [InlineData("China", "https://partner.partnercenterapi.microsoftonline.cn/")]
    public void Each_cloud_has_its_endpoint(string environment, string endpoint)
    {
        using Shell shell = new();
        Outcome outcome = shell.Run("Connect-PartnerCenter -AccessToken x -SkipValidation -Environment $args[0]", environment).Succeeded();
        Assert.Equal(endpoint, outcome.Each("Endpoint").Single());
        Assert.Equal(environment, outcome.Each("Environment").Single());
    }

    [Fact]
    public void A_context_belongs_to_its_runspace_and_can_be_handed_over()
    {
        using TestServer server = TestServer.Start();
        using Shell first = Shell.ConnectedTo(server);
        using Shell second = new();
        second.Run("Get-PartnerServiceRequest").OneError("NotConnected");
        PSObject context = first.Run("Get-PartnerContext").Output.Single();
        Assert.Equal("616122292874576", second.Run("(Get-PartnerServiceRequest -Connection $args[0] -First 1).Id; Update-PartnerServiceRequest 616122292874576 x -Connection $args[0] | ForEach-Object {}", context).Succeeded().Output.Single().ToString());
    }

    [Fact]
    public void The_emulator_lives_until_disconnect()
    {
        using Shell shell = new();
        Outcome outcome = shell.Run("Connect-PartnerCenter -Emulator").Succeeded();
        Assert.Equal("Emulator", outcome.Each("Environment").Single());
        Assert.Equal(24, shell.Run("Get-PartnerServiceRequest -PageSize 5").Succeeded().Output.Count);
        PSObject context = outcome.Output.Single();
        shell.Run("Disconnect-PartnerCenter").Succeeded();
        shell.Run("Get-PartnerServiceRequest").OneError("NotConnected");
        shell.Run("Connect-PartnerCenter -AccessToken x -Endpoint $args[0] -MaximumRetryCount 0", context.Properties["Endpoint"].Value).OneError("ConnectionFailed");
    }

    [Fact]
    public void The_emulator_ends_with_its_runspace_and_with_the_module()
    {
        object endpoint;
        using (Shell shell = new())
        {
            endpoint = shell.Run("Connect-PartnerCenter -Emulator").Succeeded().Value<object>("Endpoint");
        }

        using Shell other = new();
        other.Run("Connect-PartnerCenter -AccessToken x -Endpoint $args[0] -MaximumRetryCount 0", endpoint).OneError("ConnectionFailed");
        endpoint = other.Run("Connect-PartnerCenter -Emulator").Succeeded().Value<object>("Endpoint");
        other.Run("Remove-Module PartnerCenterSR; Import-Module $args[0]", Built.ManifestPath).Succeeded();
        other.Run("Connect-PartnerCenter -AccessToken x -Endpoint $args[0] -MaximumRetryCount 0", endpoint).OneError("ConnectionFailed");
    }

    [Fact]
    public void The_emulator_begins_with_a_file_of_ones_own()
    {
        string path = Path.GetTempFileName();
        try
        {
            using Shell shell = new();
            File.WriteAllText(path, """
                [{"Id":"42","Title":"Mine","Status":3,"StatusText":"AttentionNeeded","Severity":0,"SeverityText":"blocker","CreatedDate":"/Date(1484004675373)/",
                  "Notes":{"value":[{"CreatedByName":"A","CreatedDate":"2017-01-09T23:31:15Z","Text":"kept"}],"Count":1},"AdditionalProperties":{"zone":"z"}}]
                """);
            Outcome outcome = shell.Run("Connect-PartnerCenter -Emulator -EmulatorData $args[0] | ForEach-Object {}; Get-PartnerServiceRequest 42", path).Succeeded();
            Assert.Equal(("AttentionNeeded", "blocker"), (outcome.Each("Status").Single(), outcome.Each("SeverityText").Single()));
            Assert.Equal(new DateTime(2017, 1, 9, 23, 31, 15, 373, DateTimeKind.Utc), outcome.Value<DateTime>("CreatedDate").ToUniversalTime());
            Assert.Equal("kept", shell.Run("(Get-PartnerServiceRequest 42).Notes[0].Text").Output.Single().ToString());
            File.WriteAllText(path, "nothing");
            shell.Run("Connect-PartnerCenter -Emulator -EmulatorData $args[0]", path).OneError("InvalidRequest");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
