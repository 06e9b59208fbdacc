using System;
using System.IO;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// A journal in a file. Held by one run at a time by whatever name: links are resolved, a lock file stands beside it that stays when
/// the run has ended, and the file itself is locked as well.
/// </summary>
internal sealed class JournalFileStore : IJournalStore
{
    private readonly FileStream _lock;
    private readonly FileStream _file;

    private JournalFileStore(FileStream @lock, FileStream file) => (_lock, _file) = (@lock, file);

    public string Name => _file.Name;

    /// <exception cref="PartnerCenterException">Another run has it, or others may write it.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    public static JournalFileStore Open(string path)
    {
        string target = Target(Path.GetFullPath(path));
        FileStream? @lock = null;
        FileStream? file = null;
        try
        {
            @lock = Create(target + ".lock", FileShare.None);
            file = Create(target, FileShare.Read);
#if NET
            LockFile(file);
            RequirePrivate(target);
#endif
            return new(@lock, file);
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) is 32 or 33 or 11 or 13 or 35)
        {
            file?.Dispose();
            @lock?.Dispose();
            throw new PartnerCenterException(ErrorIds.JournalInUse, Messages.JournalInUse.With(path), error) { RecommendedAction = Messages.JournalInUseAction };
        }
        catch
        {
            file?.Dispose();
            @lock?.Dispose();
            throw;
        }
    }

    public Stream Open()
    {
        _file.Seek(0, SeekOrigin.Begin);
        return _file;
    }

    public void Truncate(long length)
    {
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    public void Append(byte[] bytes) => _file.Write(bytes, 0, bytes.Length);

    public void Flush()
    {
#if NET
        Disk.Flush(_file);
#else
        _file.Flush(flushToDisk: true);
#endif
        FileInfo found = new(Name);
        if (!found.Exists || found.Length != _file.Length)
        {
            // Somebody has taken it away: no later run would find what it has.
            throw new FileNotFoundException();
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

#if NET
    // Far behind any journal, so that readers are not in the way.
    private const long LockPosition = long.MaxValue - 1;

    private static string Target(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static FileStream Create(string path, FileShare share)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    private static void LockFile(FileStream file)
    {
        // Elsewhere the way of sharing does it.
        if (OperatingSystem.IsLinux())
        {
            file.Lock(LockPosition, 1);
        }
    }

    private static void RequirePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw new PartnerCenterException(ErrorIds.InvalidJournal, Messages.JournalNotPrivate.With(path)) { RecommendedAction = Messages.JournalNotPrivateAction };
        }
    }
#else
    // .NET Framework follows links by itself, and shares files as Windows does.
    private static string Target(string path) => path;

    private static FileStream Create(string path, FileShare share) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
#endif
}
