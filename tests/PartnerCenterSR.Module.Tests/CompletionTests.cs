using System;
using System.Linq;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>What Tab offers, through the engine's own completion.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TestServer _server = TestServer.Start(new() { KeepsCalls = true });
    private readonly Shell _shell;

    public CompletionTests() => _shell = Shell.ConnectedTo(_server);

    public void Dispose()
    {
        _shell.Dispose();
        _server.Dispose();
    }

    private string[] Complete(string line) => [.. _shell.Complete(line).Select(match => match.CompletionText)];

    [Theory]
    [InlineData("Update-PartnerServiceRequest 1 -Status ", "Open,Closed,AttentionNeeded")]
    [InlineData("Update-PartnerServiceRequest 1 -Status c", "Closed")]
    [InlineData("Update-PartnerServiceRequest 1 -Severity m", "Moderate,Minimal")]
    [InlineData("Get-PartnerServiceRequest -Status a", "AttentionNeeded")]
    [InlineData("Get-PartnerServiceRequest -Severity c", "Critical")]
    [InlineData("Connect-PartnerCenter -Environment ", "China,Germany,Global,USGovernment")]
    [InlineData("Connect-PartnerCenter -ContextScope c", "CurrentUser")]
    public void Words_are_completed(string line, string expected) => Assert.Equal(expected.Split(',').Order(), Complete(line).Order());

    [Fact]
    public void Ids_come_from_what_the_session_has_seen_newest_first_and_never_from_the_network()
    {
        Assert.DoesNotContain(Complete("Get-PartnerServiceRequest -Id "), text => text.StartsWith("616", StringComparison.Ordinal));
        _shell.Run("Get-PartnerServiceRequest -First 3; Get-PartnerServiceRequest 616122292874576").Succeeded();
        int calls = _server.Calls.Count;
        Assert.Equal(["616122292874576", "616122292874586", "616122292874581"], Complete("Update-PartnerServiceRequest -Id 616"));
        Assert.Equal(["616122292874586"], Complete("Get-PartnerServiceRequest 61612229287458").Where(id => id.EndsWith('6')));
        Assert.Equal("Mailbox migration stalls [Open]", _shell.Complete("Update-PartnerServiceRequest -Id 616")[0].ToolTip);
        Assert.Equal(calls, _server.Calls.Count);
    }

    [Fact]
    public void Customers_come_with_their_names()
    {
        _shell.Run("Get-PartnerServiceRequest").Succeeded();
        Assert.Equal(4, Complete("Get-PartnerServiceRequest -CustomerId ").Length);
        Assert.Equal("Wingtip Toys", Assert.Single(_shell.Complete("Update-PartnerServiceRequest 1 -CustomerId wing")).ToolTip);
        Assert.Equal(["3b33e682-00c3-41ee-9dd2-a548adf56438"], Complete("Get-PartnerServiceRequest -CustomerId 3b"));
    }
}
