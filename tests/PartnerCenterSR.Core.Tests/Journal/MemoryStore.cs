using System;
using System.IO;
using PartnerCenterSR.Core.Journal;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>A journal's place in memory, which may fail.</summary>
internal sealed class MemoryStore : IJournalStore
{
    public byte[] Bytes { get; set; } = [];

    public bool FailsAtAppend { get; set; }

    public bool FailsAtFlush { get; set; }

    public string Name => "memory";

    public Stream Open() => new MemoryStream(Bytes);

    public void Truncate(long length) => Bytes = Bytes[..(int)length];

    public void Append(byte[] bytes) => Bytes = FailsAtAppend ? throw new IOException("The disk is full.") : [.. Bytes, .. bytes];

    public void Flush() => _ = FailsAtFlush ? throw new InvalidOperationException("Nobody foresaw this.") : 0;

    public void Dispose()
    {
    }
}
