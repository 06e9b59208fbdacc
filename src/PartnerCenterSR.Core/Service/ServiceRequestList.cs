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
    private const int BarrenPages = 2;

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<ServiceRequestStatus?> _statuses = new(
        query.Statuses.Count == 0 || query.Statuses.Contains(ServiceRequestStatus.Unknown) ? [null] : query.Statuses.Distinct().Select(status => (ServiceRequestStatus?)status));

    private ApiRequest? _next;
    private long _received;
    private long _fresh;
    private long? _promised;
    private long _page;
    private int _barren;
    private bool _isLinked;

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

        ApiRequest request = _next!;
        ServiceRequestPage page = await client.GetPageAsync(request, query.CustomerId, options).ConfigureAwait(false);
        if (_received == 0)
        {
            _promised = page.TotalCount;
            TotalCount = page.TotalCount is { } total ? (TotalCount ?? 0) + total : TotalCount;
        }

        _received += page.Items.Count;
        List<ServiceRequest> fresh = [.. page.Items.Where(item => _seen.Add(item.Id))];
        _fresh += fresh.Count;
        IsEmpty &= page.Items.Count == 0;
        _next = Following(request, page, fresh.Count);
        if (_next is null && _promised > _fresh)
        {
            // What came twice came once: a service that ignores the paging sends the same page again.
            options.Observer.Warning(Messages.ListShort.With(_fresh, _promised));
        }

        return fresh;
    }

    private bool BeginNextStatus()
    {
        if (_statuses.Count == 0)
        {
            return false;
        }

        _received = _fresh = _page = 0;
        _promised = null;
        _isLinked = false;
        _barren = 0;
        _next = client.List(query.CustomerId, Query(_statuses.Dequeue()), options);
        return true;
    }

    private ApiRequest? Following(ApiRequest current, ServiceRequestPage page, int fresh)
    {
        if (page.Next is { Length: > 0 } link)
        {
            _isLinked = true;
            Uri uri = NextLink.Resolve(endpoint, current.Uri, link);
            return uri == current.Uri || fresh == 0 ? null : At(uri) with { LinkHeaders = page.NextHeaders };
        }

        // No link and no count: only an empty page tells the end. A service that ignores the offset repeats itself, and ends it too.
        if (_page == 0 && fresh > 0 && (page.TotalCount is not { } total || _received < total))
        {
            return At(NextLink.WithOffset(current.Uri, _received));
        }

        if (_isLinked || (_promised is { } promised ? _fresh >= promised : query.CustomerId is null || _fresh == 0))
        {
            return null;
        }

        // The references disagree: where counting items has not brought all, the offset may be the page, from zero or from one.
        _barren = page.Items.Count == 0 && _page > 0 ? BarrenPages : fresh > 0 ? 0 : _page > 0 ? _barren + 1 : 0;
        return _barren >= BarrenPages ? null : At(NextLink.WithOffset(current.Uri, ++_page));
    }

    private ApiRequest At(Uri uri) => client.List(query.CustomerId, string.Empty, options) with { Uri = uri };

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
