using System.IO;

namespace PartnerCenterSR.Core.Journal;

/// <summary>A journal that is looked at and not written: for a rehearsal.</summary>
internal sealed class RehearsedStore(string path) : IJournalStore
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public string Name => path;

    public Stream Open() => _file;

    public void Truncate(long length)
    {
    }

    public void Append(byte[] bytes)
    {
    }

    public void Flush()
    {
    }

    public void Dispose() => _file.Dispose();
}
