using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PartnerCenterSR.Module.Tests.Engine;

/// <summary>What a command gave and said.</summary>
internal sealed record Outcome(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, ErrorRecord? Terminating, PSDataStreams Streams)
{
    /// <summary>All errors by their ids, without the cmdlet's name.</summary>
    public IReadOnlyList<string> ErrorIds => [.. AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    public IEnumerable<ErrorRecord> AllErrors => Terminating is null ? Errors : Errors.Append(Terminating);

    public IReadOnlyList<string> Warnings => [.. Streams.Warning.Select(record => record.Message)];

    public IReadOnlyList<string> Verbose => [.. Streams.Verbose.Select(record => record.Message)];

    public Outcome Succeeded()
    {
        Assert.Empty(AllErrors.Select(error => error.ToString() + error.ScriptStackTrace + error.Exception));
        return this;
    }

    /// <summary>The one error there is.</summary>
    public ErrorRecord OneError(string id)
    {
        ErrorRecord error = Assert.Single(AllErrors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        return error;
    }

    /// <summary>One property of all the output, as text.</summary>
    public IReadOnlyList<string?> Each(string property) => [.. Output.Select(item => item.Properties[property]?.Value?.ToString())];

    public T Value<T>(string property) => (T)Assert.Single(Output).Properties[property].Value;
}
