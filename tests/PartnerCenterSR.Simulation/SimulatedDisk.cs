using System;
using System.IO;
using PartnerCenterSR.Core.Journal;

namespace PartnerCenterSR.Simulation;

/// <summary>A disk that keeps what was flushed, and of the rest what chance leaves.</summary>
internal sealed class SimulatedDisk(World world)
{
    private byte[] _content = [];
    private int _flushed;

    /// <summary>Fails from now on, as a full disk.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether something that was written, or was to be, is not there.</summary>
    public bool HasLost { get; private set; }

    /// <summary>After how many more lines the power is cut in the middle of one. 0: it is not.</summary>
    public int LinesUntilCut { get; set; }

    /// <summary>Whether the power was cut, which nobody who was there lived to see.</summary>
    public bool WasCut { get; private set; }

    public IJournalStore Open() => new Store(this);

    /// <summary>The process is gone, or the power.</summary>
    public void Crash(bool loosesPower)
    {
        if (loosesPower && _content.Length > _flushed)
        {
            int kept = _flushed + world.Chance.Next(_content.Length - _flushed + 1);
            world.Census.Count(kept < _content.Length ? "crash: bytes lost" : "crash: nothing lost");
            HasLost |= kept < _content.Length;
            Array.Resize(ref _content, kept);
        }

        _flushed = _content.Length;
        (WasCut, LinesUntilCut) = (false, 0);
    }

    private sealed class Store(SimulatedDisk disk) : IJournalStore
    {
        public string Name => "journal";

        public Stream Open() => new MemoryStream(disk._content, writable: false);

        public void Truncate(long length)
        {
            if (length < disk._content.Length)
            {
                Array.Resize(ref disk._content, (int)length);
                disk._flushed = Math.Min(disk._flushed, disk._content.Length);
            }
        }

        public void Append(byte[] bytes)
        {
            if (disk.IsFull)
            {
                // Half of it may be there.
                disk.HasLost = true;
                disk._content = [.. disk._content, .. bytes.AsSpan(0, bytes.Length / 2)];
                throw new IOException("The disk is full.");
            }

            disk._content = [.. disk._content, .. bytes];
            if (disk.WasCut || --disk.LinesUntilCut == 0)
            {
                // What was to come behind it never does.
                (disk.WasCut, disk.HasLost) = (true, true);
                throw new IOException("The power was cut.");
            }
        }

        public void Flush() => disk._flushed = disk._content.Length;

        public void Dispose()
        {
        }
    }
}
