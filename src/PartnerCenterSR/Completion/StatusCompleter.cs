using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PartnerCenterSR.Completion;

/// <summary>Completes the states into which a request can be put.</summary>
public sealed class StatusCompleter : IArgumentCompleter
{
    private static readonly string[] States =
        [nameof(ServiceRequestStatus.Open), nameof(ServiceRequestStatus.Closed), nameof(ServiceRequestStatus.AttentionNeeded)];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        States
            .Where(state => state.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(state => new CompletionResult(state, state, CompletionResultType.ParameterValue, state));
}
