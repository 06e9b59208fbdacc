using System;
using System.Threading;
using PartnerCenterSR.Core.Authentication;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Where sign-ins are kept, in memory, and shared by as many "processes" as a test has.</summary>
internal sealed class MemoryTokenStore : ITokenStore
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private byte[] _cache = [];

    public int Saved { get; private set; }

    /// <summary>How often it was locked, and how often of these it was let go.</summary>
    public (int Taken, int Released) Locks { get; private set; }

    public bool WasRemoved { get; private set; }

    public byte[] Load() => _cache;

    public void Save(byte[] cache) => (_cache, Saved) = (cache, Saved + 1);

    public IDisposable Lock()
    {
        _lock.Wait();
        Locks = (Locks.Taken + 1, Locks.Released);
        return new Release(this);
    }

    public void Remove() => WasRemoved = true;

    private sealed class Release(MemoryTokenStore store) : IDisposable
    {
        public void Dispose()
        {
            store.Locks = (store.Locks.Taken, store.Locks.Released + 1);
            store._lock.Release();
        }
    }
}
