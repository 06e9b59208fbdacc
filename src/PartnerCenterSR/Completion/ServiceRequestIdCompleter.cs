using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PartnerCenterSR.Core;

namespace PartnerCenterSR.Completion;

/// <summary>Completes numbers from the requests that this session has seen, newest first. Never asks the network.</summary>
public sealed class ServiceRequestIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RecentlySeen.In(fakeBoundParameters)
            .Where(request => UpdateValidator.IsId(request.Id) && request.Id.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(request => new CompletionResult(
                request.Id, $"{request.Id} {SafeText.Line(request.Title)}", CompletionResultType.ParameterValue, SafeText.Line($"{request.Title} [{request.StatusText}]")));
}
