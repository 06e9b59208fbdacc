using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PartnerCenterSR.Completion;

/// <summary>Completes customers from the requests that this session has seen, by id or by the organization's name.</summary>
public sealed class CustomerIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        return RecentlySeen.In(fakeBoundParameters)
            .Select(request => request.Organization)
            .OfType<ServiceRequestOrganization>()
            .Where(organization => Guid.TryParse(organization.Id, out _))
            .GroupBy(organization => organization.Id, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First())
            .Where(organization => organization.Id!.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                || organization.Name?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true)
            .Select(organization => new CompletionResult(
                organization.Id!, Shown(organization), CompletionResultType.ParameterValue, Shown(organization)));
    }

    private static string Shown(ServiceRequestOrganization organization) => SafeText.Line(string.IsNullOrEmpty(organization.Name) ? organization.Id : organization.Name);
}
