using System.IO;

namespace PartnerCenterSR.Core.Csv;

/// <summary>A copy of a file that only this run reads, and that goes with it.</summary>
internal static class PrivateCopy
{
    private const int BufferSize = 65536;

    /// <exception cref="IOException">The file cannot be opened, or copied.</exception>
    public static FileStream Of(string path)
    {
        using FileStream source = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        FileStream copy = Create();
        try
        {
            source.CopyTo(copy, BufferSize);
            copy.Seek(0, SeekOrigin.Begin);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
#if NET
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize, Options = FileOptions.DeleteOnClose };
        if (!System.OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
#else
        // The user's own folder of temporary files, which others may not read.
        return new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose);
#endif
    }
}
