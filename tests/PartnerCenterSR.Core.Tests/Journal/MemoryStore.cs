using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>A journal's place in memory, which may fail.</summary>
internal sealed class MemoryStore : IJournalStore
{
    public byte[] Bytes { get; set; } = [];

    public bool FailsAtAppend { get; set; }

    public bool FailsAtFlush { get; set; }

    public bool FailsAtTruncate { get; set; }

    /// <summary>How often what it has was brought to the disk.</summary>
    public int Flushes { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool FailsAtDispose { get; set; }

    public string Name => "memory";

    /// <summary>What another process finds that goes on behind a crash: this one does not hold it any more.</summary>
    public static MemoryStore Left(byte[] bytes) =>
        new() { Bytes = Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(bytes), "(\"journal\":\")[0-9a-f]{32}", "${1}" + Guid.NewGuid().ToString("N"))) };

    public Stream Open() => new MemoryStream(Bytes);

    public void Truncate(long length) => Bytes = FailsAtTruncate ? throw new IOException("It cannot be cut.") : Bytes[..(int)length];

    public void Append(byte[] bytes) => Bytes = FailsAtAppend ? throw new IOException("The disk is full.") : [.. Bytes, .. bytes];

    /// <summary>Called when it is to be brought to the disk.</summary>
    public Action Flushing { get; init; } = () => { };

    public void Flush()
    {
        Flushing();
        Flushes += FailsAtFlush ? throw new InvalidOperationException("Nobody foresaw this.") : 1;
    }

    /// <summary>An earlier run began an update of request 1, five minutes ago, and was killed before its outcome, or behind it. The service's clock was so many seconds ahead; null: nobody knew.</summary>
    public async Task LeaveAsync(ServiceRequestChanges changes, string requestId = "r1", UpdateOutcome? outcome = null, DateTimeOffset? time = null, double? ahead = 0, DateTimeOffset? seen = null)
    {
        using JournalFile journal = JournalFile.Open(this, new("service", null, null), new(TimeProvider.System));
        ServiceRequestUpdate update = new(1, "1", null, changes);
        JournalClaim claim = journal.Claim(update);
        DateTimeOffset began = time ?? DateTimeOffset.UtcNow.AddMinutes(-5);
        await journal.BeginAsync(claim, update, changes, requestId, "c", began, ahead is { } seconds ? began.AddSeconds(seconds) : null);
        if (outcome is { } ended)
        {
            journal.End(claim, ended, null, 1, "c", began, seen);
        }
    }

    /// <summary>An earlier run had seen that a part of such an update had landed, began the rest, and was killed.</summary>
    public async Task LeaveRestAsync(ServiceRequestChanges changes, ServiceRequestChanges rest, DateTimeOffset began)
    {
        using JournalFile journal = JournalFile.Open(this, new("service", null, null), new(TimeProvider.System));
        ServiceRequestUpdate update = new(1, "1", null, changes);
        await journal.BeginAsync(journal.Claim(update), update, rest, "r2", "c", began, began, isRest: true);
    }

    public void Dispose() => IsDisposed = FailsAtDispose ? throw new IOException("It cannot be closed.") : true;
}
