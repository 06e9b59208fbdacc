using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Service;

/// <summary>Walks a list page by page, asking for the next one only when it is wanted.</summary>
internal sealed class ServiceRequestList(PartnerClient client, Uri endpoint, ServiceRequestQuery query, CallOptions options)
{
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<ServiceRequestStatus?> _statuses = new(
        query.Statuses.Count == 0 || query.Statuses.Contains(ServiceRequestStatus.Unknown) ? [null] : query.Statuses.Distinct().Select(status => (ServiceRequestStatus?)status));

    private PageWalk? _walk;
    private Uri? _next;
    private IReadOnlyList<KeyValuePair<string, string>> _linkHeaders = [];

    /// <summary>How many the service says there are, over all states asked for. Null: it did not say.</summary>
    public long? TotalCount { get; private set; }

    /// <summary>Whether the service has sent nothing at all.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The next page, without what came before. Null: there is no more.</summary>
    public async Task<IReadOnlyList<ServiceRequest>?> NextPageAsync()
    {
        if (_next is null && !BeginNextStatus())
        {
            return null;
        }

        ApiRequest request = client.List(query.CustomerId, string.Empty, options) with { Uri = _next!, LinkHeaders = _linkHeaders };
        ServiceRequestPage page = await client.GetPageAsync(request, query.CustomerId, options).ConfigureAwait(false);
        bool isFirst = _walk!.Received == 0;
        (_next, _linkHeaders) = (_walk.After(request.Uri, page), page.NextHeaders);
        TotalCount = isFirst && _walk.Promised is { } total ? (TotalCount ?? 0) + total : TotalCount;
        IsEmpty &= page.Items.Count == 0;
        if (_next is null && _walk.IsShort)
        {
            options.Observer.Warning(Messages.ListShort.With(_walk.Count, _walk.Promised));
        }

        return [.. page.Items.Where(item => _seen.Add(item.Id))];
    }

    private bool BeginNextStatus()
    {
        if (_statuses.Count == 0)
        {
            return false;
        }

        ServiceRequestStatus? status = _statuses.Dequeue();
        _next = client.List(query.CustomerId, Query(status), options).Uri;
        _linkHeaders = [];
        _walk = new(endpoint, _next, isFiltered: status is not null);
        return true;
    }

    private string Query(ServiceRequestStatus? status)
    {
        List<string> parts = [];
        if (query.PageSize is { } size)
        {
            parts.Add("size=" + size.ToString(CultureInfo.InvariantCulture));
        }

        if (status is { } wanted)
        {
            // Both forms at once: an older service reads the first, a current one the second, and each ignores the other.
            parts.Add("filter=" + Uri.EscapeDataString($$"""{"Field":"Status","Value":"{{wanted}}","Operator":"equals"}"""));
            parts.Add($"Field=Status&Value={wanted}");
        }

        return parts.Count == 0 ? string.Empty : "?" + string.Join("&", parts);
    }
}
