using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>No secret in anything a user can see.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(400)]
    [InlineData(503)]
    public void No_token_in_any_stream_object_or_exception(int status)
    {
        // A service that repeats the token in its error is the worst case.
        using TestServer server = TestServer.Start(new()
        {
            Misbehave = call => status == 200 ? null : Fault.Instead(status, JsonSerializer.Serialize(new { code = "1", description = "Bad header: " + call.Headers["Authorization"] })),
        });
        using Shell shell = new();
        string secret = server.Token;
        Outcome outcome = shell.RunOn("""
            $DebugPreference = $VerbosePreference = $InformationPreference = 'Continue'
            $c = Connect-PartnerCenter -AccessToken $args[0] -Endpoint $args[1] -SkipValidation -MaximumRetryCount 1 -Verbose -Debug
            $c
            [System.Management.Automation.PSSerializer]::Serialize($c, 6)
            "$c"
            Get-PartnerServiceRequest -First 1 -Verbose -Debug
            Update-PartnerServiceRequest 616122292874576 x -Verbose -Debug
            $Error | ForEach-Object { $_ ; "$_"; $_.Exception.ToString(); [System.Management.Automation.PSSerializer]::Serialize($_, 6) }
            """, secret, server.Endpoint);
        string all = string.Join('\n', new IEnumerable[]
        {
            outcome.Output, outcome.Streams.Error, outcome.Streams.Verbose, outcome.Streams.Debug, outcome.Streams.Warning, outcome.Streams.Progress, outcome.Streams.Information,
        }.SelectMany(stream => stream.Cast<object>()).Select(item => Describe(item)));
        Assert.Contains("MS-RequestId", all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    private static string Describe(object item) => item is ErrorRecord error
        ? $"{error} {error.Exception} {error.ErrorDetails?.Message} {error.ScriptStackTrace}"
        : $"{item} {PSSerializer.Serialize(item, 5)}";
}
