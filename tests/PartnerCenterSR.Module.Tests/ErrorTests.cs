using System;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Every failure of the wire's table, in each form of its body, as a user meets it.</summary>
public sealed class ErrorTests
{
    private const string Id = "616122292874576";

    public static TheoryData<int, string, string?, string?> Bodies()
    {
        TheoryData<int, string, string?, string?> data = new();
        foreach (int status in new[] { 400, 401, 403, 404, 409, 412, 415, 422, 429, 500, 502, 503, 504 })
        {
            data.Add(status, """{"code":1000,"description":"Plain words.","data":[],"source":"PartnerFD"}""", "1000", "Plain words.");
            data.Add(status, """{"code":"1000","description":"Plain words."}""", "1000", "Plain words.");
            data.Add(status, $$"""{"statusCode":{{status}},"message":"Plain words."}""", status.ToString(), "Plain words.");
            data.Add(status, $$"""{"type":"about:blank","title":"Short","status":{{status}},"detail":"Plain words.","instance":"/x"}""", status.ToString(), "Short. Plain words.");
            data.Add(status, """{"error":{"code":"BadThing","message":"Plain words.","target":"x","innerError":{}}}""", "BadThing", "Plain words.");
            data.Add(status, "<html><body>Bad gateway</body></html>", null, null);
            data.Add(status, string.Empty, null, null);
        }

        return data;
    }

    private static (string Id, ErrorCategory Category) Expected(int status) => status switch
    {
        401 => ("Unauthenticated", ErrorCategory.AuthenticationError),
        403 => ("AccessDenied", ErrorCategory.PermissionDenied),
        404 => ("NotFound", ErrorCategory.ObjectNotFound),
        429 => ("Throttled", ErrorCategory.LimitsExceeded),
        >= 500 => ("ServiceUnavailable", ErrorCategory.ResourceUnavailable),
        _ => ("InvalidRequest", ErrorCategory.InvalidArgument),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_refusal_says_what_the_service_said(int status, string body, string? code, string? words)
    {
        using TestServer server = TestServer.Start(new() { Misbehave = call => Fault.Instead(status, body) });
        using Shell shell = Shell.ConnectedTo(server, "-SkipValidation -MaximumRetryCount 0");
        ErrorRecord error = shell.Run("Get-PartnerServiceRequest $args[0]", Id).OneError(Expected(status).Id);
        Assert.Equal(Expected(status).Category, error.CategoryInfo.Category);
        Assert.Equal(Id, error.TargetObject.ToString());
        PSObject exception = new(error.Exception);
        Assert.Equal("PartnerCenterSR.PartnerCenterException", error.Exception.GetType().FullName);
        Assert.Equal(status, exception.Properties["StatusCode"].Value);
        Assert.Equal(code, exception.Properties["ServiceErrorCode"].Value);
        Assert.Equal(words, exception.Properties["ServiceMessage"].Value);
        Assert.True(Guid.TryParse((string)exception.Properties["RequestId"].Value, out _));
        Assert.True(Guid.TryParse((string)exception.Properties["CorrelationId"].Value, out _));
        if (words is not null)
        {
            Assert.Contains("Plain words", error.ErrorDetails.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(403, "900421", "second factor")]
    [InlineData(403, "900329", "application alone")]
    [InlineData(401, "900329", "application alone")]
    public void A_refusal_for_the_sign_in_says_the_cure(int status, string code, string words)
    {
        using TestServer server = TestServer.Start(new() { Misbehave = _ => Fault.Instead(status, $$"""{"code":{{code}},"description":"No."}""") });
        using Shell shell = Shell.ConnectedTo(server);
        ErrorRecord error = Assert.Single(shell.Run("Get-PartnerServiceRequest $args[0]", Id).AllErrors);
        Assert.Contains(words, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_id_is_one_error_and_the_rest_still_come()
    {
        using TestServer server = TestServer.Start();
        using Shell shell = Shell.ConnectedTo(server);
        Outcome outcome = shell.Run("Get-PartnerServiceRequest 616122292874576, 1234567890, 616122292874581");
        Assert.Equal("1234567890", outcome.OneError("NotFound").TargetObject);
        Assert.Equal(["616122292874576", "616122292874581"], outcome.Each("Id"));
        Assert.Null(outcome.Terminating);
    }

    [Fact]
    public void A_refused_connection_is_said_so()
    {
        TestServer server = TestServer.Start();
        using Shell shell = Shell.ConnectedTo(server, "-SkipValidation -MaximumRetryCount 0");
        server.Dispose();
        ErrorRecord error = shell.Run("Update-PartnerServiceRequest $args[0] -Note x", Id).OneError("ConnectionFailed");
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Silence_ends_as_a_timeout()
    {
        using TestServer server = TestServer.Start(new() { Misbehave = _ => new Fault(false, FaultEnding.Silence) });
        using Shell shell = Shell.ConnectedTo(server, "-SkipValidation -MaximumRetryCount 0 -TimeoutSec 1");
        shell.Run("Get-PartnerServiceRequest $args[0]", Id).OneError("Timeout");
    }

    [Fact]
    public void An_unreadable_list_is_malformed()
    {
        using TestServer server = TestServer.Start(new() { Misbehave = _ => Fault.Instead(200, "{\"items\":[{\"id\"") });
        using Shell shell = Shell.ConnectedTo(server, "-SkipValidation -MaximumRetryCount 0");
        shell.Run("Get-PartnerServiceRequest").OneError("MalformedResponse");
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using TestServer elsewhere = TestServer.Start(new() { KeepsCalls = true });
        using TestServer server = TestServer.Start(new()
        {
            Misbehave = _ => new Fault(false, FaultEnding.Answers)
            {
                Answer = new(307) { Headers = new System.Collections.Generic.Dictionary<string, string> { ["Location"] = elsewhere.Endpoint.AbsoluteUri } },
            },
        });
        using Shell shell = Shell.ConnectedTo(server);
        shell.Run("Update-PartnerServiceRequest $args[0] -Note x", Id).OneError("MalformedResponse");
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public void Throttling_and_outages_are_retried_with_the_same_request_id()
    {
        int number = 0;
        using TestServer server = TestServer.Start(new()
        {
            KeepsCalls = true,
            Misbehave = call => call.Method != "PATCH" ? null : System.Threading.Interlocked.Increment(ref number) switch
            {
                1 => new Fault(false, FaultEnding.Answers) { Answer = new(429) { Headers = new System.Collections.Generic.Dictionary<string, string> { ["Retry-After"] = "1" } } },
                2 => Fault.Instead(503),
                _ => null,
            },
        });
        using Shell shell = Shell.ConnectedTo(server);
        shell.Run("Update-PartnerServiceRequest $args[0] -Note x", Id).Succeeded();
        EmulatedCall[] patches = [.. server.Calls.Where(call => call.Method == "PATCH")];
        Assert.Equal(3, patches.Length);
        Assert.Single(patches.Select(call => call.RequestId).Distinct());
        Assert.Equal(1, server.Service.NotesOf(Id).Count(note => note == "x"));
    }

    [Fact]
    public void Without_a_connection_every_command_says_what_to_do()
    {
        using Shell shell = new();
        foreach (string command in new[] { "Get-PartnerServiceRequest", "Update-PartnerServiceRequest 1 x" })
        {
            ErrorRecord error = shell.Run(command).OneError("NotConnected");
            Assert.Contains("Connect-PartnerCenter", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Empty(shell.Run("Get-PartnerContext").Succeeded().Output);
    }
}
