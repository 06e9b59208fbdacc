using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Service;

/// <summary>
/// How a connection's service writes states and severities, as words or as numbers. The references differ, so an update is
/// written as the answers are; and where that was refused as unreadable, which means not applied, in the other form.
/// </summary>
internal sealed class WireForm
{
    private static readonly string[] Unreadable = ["900126", "3000"];

    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly ConcurrentDictionary<string, bool> _accepted = new();

    /// <summary>The properties of an update to write as numbers.</summary>
    public IReadOnlyCollection<string> Of(ServiceRequestChanges changes) =>
        [.. changes.Enumerated.Where(name => _accepted.TryGetValue(name, out bool isNumber) || _seen.TryGetValue(name, out isNumber) ? isNumber : false)];

    /// <summary>An answer has come.</summary>
    public void See(ServiceRequest request)
    {
        See(nameof(ServiceRequest.Status), request.IsStatusNumber);
        See(nameof(ServiceRequest.Severity), request.IsSeverityNumber);
    }

    /// <summary>An update was taken in this form: it stays so, whatever answers look like.</summary>
    public void Accept(ServiceRequestChanges changes, IReadOnlyCollection<string> asNumbers)
    {
        foreach (string name in changes.Enumerated)
        {
            _accepted[name] = asNumbers.Contains(name);
        }
    }

    /// <summary>What to write as numbers where an update was refused. Null: the form is not the reason.</summary>
    public IReadOnlyCollection<string>? OtherThan(IReadOnlyCollection<string> asNumbers, ServiceRequestChanges changes, PartnerCenterException refusal)
    {
        if (!IsUnreadable(refusal))
        {
            return null;
        }

        string[] open = [.. changes.Enumerated.Where(name => !_accepted.TryGetValue(name, out bool isNumber) || isNumber != asNumbers.Contains(name))];
        string[] named = [.. open.Where(name => refusal.InvalidFields.Contains(name, StringComparer.OrdinalIgnoreCase))];
        string[] turned = named.Length > 0 ? named : open;
        return turned.Length == 0 ? null : [.. changes.Enumerated.Where(name => asNumbers.Contains(name) != turned.Contains(name))];
    }

    /// <summary>Whether the service says that it could not read a value.</summary>
    public static bool IsUnreadable(PartnerCenterException error) => error.StatusCode == 400
        && (Unreadable.Contains(error.ServiceErrorCode) || error.InvalidFields.Any(name => name.Equals(nameof(ServiceRequest.Status), StringComparison.OrdinalIgnoreCase)
            || name.Equals(nameof(ServiceRequest.Severity), StringComparison.OrdinalIgnoreCase)));

    private void See(string name, bool? isNumber)
    {
        if (isNumber is { } seen)
        {
            _seen[name] = seen;
        }
    }
}
