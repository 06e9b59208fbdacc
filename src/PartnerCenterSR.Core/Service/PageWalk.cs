using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Service;

/// <summary>
/// The way through one list of a service of which nobody can say how it pages. First by its links, or by counting items; where that
/// has not brought all it promised, by counting pages, from zero or from one; and at last from the beginning again: what was closed
/// meanwhile, as by the command that this list is piped into, has let others move forward.
/// </summary>
/// <param name="endpoint">The service.</param>
/// <param name="first">The address of the first page.</param>
/// <param name="isFiltered">Whether a change of a request may take it off the list.</param>
internal sealed class PageWalk(Uri endpoint, Uri first, bool isFiltered)
{
    /// <summary>Counted by items, pages of two from one were asked for as 1, 2, 4, 6: the third is the first that is new.</summary>
    private const int BarrenPages = 3;
    private const int BarrenLinks = 10;

    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private Mode _mode;
    private bool _isLinked;
    private int _barren;
    private long _page;
    private long _receivedInPass;
    private long _pagesInPass;
    private long _pagesAtFirst;
    private long _newInPass;

    private enum Mode
    {
        Forward,
        ByPage,
        Again,
    }

    /// <summary>How many items the service says there are. Null: it did not say.</summary>
    public long? Promised { get; private set; }

    /// <summary>How many came, those that came twice once.</summary>
    public long Count => _ids.Count;

    /// <summary>How many came, each time counted.</summary>
    public long Received { get; private set; }

    /// <summary>Whether fewer came than were promised.</summary>
    public bool IsShort => Promised > Count;

    /// <summary>The address of the next page. Null: this was the last.</summary>
    /// <exception cref="PartnerCenterException">A link leads to another origin.</exception>
    public Uri? After(Uri current, ServiceRequestPage page)
    {
        if (Received == 0)
        {
            Promised = page.TotalCount;
        }

        Received += page.Items.Count;
        _receivedInPass += page.Items.Count;
        _pagesInPass++;
        int fresh = page.Items.Count(item => _ids.Add(item.Id));
        _newInPass += fresh;
        _barren = fresh > 0 ? 0 : _barren + 1;
        return _mode == Mode.ByPage ? NextByPage(current, page) : Forward(current, page) ?? Turn(current);
    }

    private Uri? Forward(Uri current, ServiceRequestPage page)
    {
        // On the way for the second time, pages without anything new are what one expects.
        bool isLost = _mode == Mode.Again ? _barren >= _pagesAtFirst || _pagesInPass > _pagesAtFirst + BarrenPages : _barren >= (page.Next is null ? 1 : BarrenLinks);
        if (isLost)
        {
            return null;
        }

        if (page.Next is { Length: > 0 } link)
        {
            _isLinked = true;
            Uri next = NextLink.Resolve(endpoint, current, link);
            return next == current ? null : next;
        }

        // No link and no count: only an empty page tells the end.
        return page.Items.Count == 0 || _isLinked || (page.TotalCount is { } total && _receivedInPass >= total) ? null : NextLink.WithOffset(current, _receivedInPass);
    }

    private Uri? NextByPage(Uri current, ServiceRequestPage page) =>
        page.Items.Count == 0 || _barren >= BarrenPages || (Promised is not null && !IsShort) ? Turn(current) : NextLink.WithOffset(current, ++_page);

    /// <summary>At the end of a pass: the next way to look for what is missing.</summary>
    private Uri? Turn(Uri current)
    {
        bool mayBeMore = Promised is null || IsShort;
        if (_mode == Mode.Forward)
        {
            _pagesAtFirst = _pagesInPass;
            if (mayBeMore && !_isLinked && Count > 0)
            {
                _mode = Mode.ByPage;
                _barren = 0;
                return NextLink.WithOffset(current, ++_page);
            }
        }

        bool wasFruitful = _mode != Mode.Again || _newInPass > 0;
        _mode = Mode.Again;
        if (!mayBeMore || !wasFruitful || _pagesAtFirst < 2 || (Promised is null && !isFiltered))
        {
            return null;
        }

        (_receivedInPass, _pagesInPass, _newInPass, _barren) = (0, 0, 0, 0);
        return first;
    }
}
