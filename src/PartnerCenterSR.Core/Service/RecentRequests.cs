using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Service;

/// <summary>The requests that a connection has seen lately, so that Tab never asks the network.</summary>
internal sealed class RecentRequests
{
    private const int Most = 500;

    private readonly object _lock = new();
    private readonly Dictionary<string, LinkedListNode<ServiceRequest>> _byId = [];
    private readonly LinkedList<ServiceRequest> _newestFirst = new();

    public void Add(ServiceRequest request)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(request.Id, out LinkedListNode<ServiceRequest>? known))
            {
                _newestFirst.Remove(known);
            }
            else if (_byId.Count == Most && _newestFirst.Last is { } oldest)
            {
                _byId.Remove(oldest.Value.Id);
                _newestFirst.RemoveLast();
            }

            _byId[request.Id] = _newestFirst.AddFirst(request);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ServiceRequest> List()
    {
        lock (_lock)
        {
            return _newestFirst.ToList();
        }
    }
}
