using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// The journal of a run: every intent is on the disk before its update is sent. Lines that come together are brought to the
/// disk together. Held by one run at a time, through a lock file beside it that stays when the run has ended.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private static readonly byte[] NewLine = [(byte)'\n'];

    private readonly FileStream _lock;
    private readonly FileStream _file;
    private readonly Dictionary<Guid, int> _occurrences = [];
    private readonly Dictionary<JournalKey, UnfinishedUpdate?> _earlier;
    private readonly Channel<(byte[] Line, TaskCompletionSource<bool>? Written)> _lines =
        Channel.CreateUnbounded<(byte[] Line, TaskCompletionSource<bool>? Written)>(new() { SingleReader = true });

    private readonly Task _writing;

    private JournalFile(FileStream @lock, FileStream file, JournalIndex index)
    {
        _lock = @lock;
        _file = file;
        _earlier = index.Results();
        Notes = index.Notes;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The notes that earlier runs put there; this run adds its own.</summary>
    public RecentNotes Notes { get; }

    /// <exception cref="PartnerCenterException">Another run has it, or it is damaged.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    public static JournalFile Open(string path)
    {
        try
        {
            return OpenLocked(path);
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) is 32 or 33 or 11 or 35)
        {
            throw InUse(path, error);
        }
    }

    private static JournalFile OpenLocked(string path)
    {
        FileStream @lock = Lock(path);
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            JournalIndex index = new();
            long whole = JournalReader.Read(file, path, index.Add);
            file.SetLength(whole);
            file.Seek(0, SeekOrigin.End);
            JournalFile journal = new(@lock, file, index);
            if (whole == 0)
            {
                journal.Post(new() { Type = JournalLine.Header, Version = JournalLine.CurrentVersion }, null);
            }

            return journal;
        }
        catch
        {
            file?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>What is known of the next update of the input. To be called in input order.</summary>
    public JournalClaim Claim(ServiceRequestUpdate update)
    {
        Guid hash = JournalKey.HashOf(update);
        int occurrence = _occurrences.TryGetValue(hash, out int before) ? before + 1 : 1;
        _occurrences[hash] = occurrence;
        JournalKey key = new(hash, occurrence);
        return _earlier.TryGetValue(key, out UnfinishedUpdate? unfinished)
            ? new(key, IsDone: unfinished is null, unfinished)
            : new(key, IsDone: false, null);
    }

    /// <summary>Ends when the intent is on the disk.</summary>
    /// <param name="claim">What was claimed for the update.</param>
    /// <param name="update">The update.</param>
    /// <param name="requestId">Its MS-RequestId, which it keeps.</param>
    /// <param name="correlationId">Its MS-CorrelationId.</param>
    /// <param name="time">The time at which it begins.</param>
    public Task BeginAsync(JournalClaim claim, ServiceRequestUpdate update, string requestId, string correlationId, DateTimeOffset time)
    {
        TaskCompletionSource<bool> written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            new()
            {
                Type = JournalLine.Intent,
                Key = claim.Key.ToString(),
                Row = update.Row,
                Id = update.Id,
                CustomerId = update.CustomerId,
                Changes = update.Changes,
                RequestId = requestId,
                CorrelationId = correlationId,
                Time = time,
            },
            written);
        return written.Task;
    }

    /// <summary>Writes the outcome. It reaches the disk with the next group, and always before a later update of the same request is sent.</summary>
    /// <param name="claim">What was claimed for the update.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="error">Why. Null: it succeeded.</param>
    /// <param name="attempts">How often it was sent.</param>
    /// <param name="correlationId">Its MS-CorrelationId.</param>
    /// <param name="time">The time at which it ended.</param>
    public void End(JournalClaim claim, UpdateOutcome outcome, PartnerCenterException? error, int attempts, string correlationId, DateTimeOffset time) => Post(
        new()
        {
            Type = JournalLine.End,
            Key = claim.Key.ToString(),
            Outcome = outcome,
            ErrorId = error?.ErrorId,
            Error = error?.Message,
            Attempts = attempts,
            CorrelationId = correlationId,
            Time = time,
        },
        null);

    /// <summary>Brings what is left to the disk, and lets the journal go.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        try
        {
            _writing.GetAwaiter().GetResult();
        }
        finally
        {
            _file.Dispose();
            _lock.Dispose();
        }
    }

    private static FileStream Lock(string path) => new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>For a sharing or lock violation of Windows, or a lock that would block on Linux or macOS.</summary>
    private static PartnerCenterException InUse(string path, IOException error) =>
        new(ErrorIds.JournalInUse, Messages.JournalInUse.With(path), error) { RecommendedAction = Messages.JournalInUseAction };

    private void Post(JournalLine line, TaskCompletionSource<bool>? written)
    {
        if (!_lines.Writer.TryWrite((line.ToBytes(), written)))
        {
            written?.TrySetException(new ObjectDisposedException(nameof(JournalFile)));
        }
    }

    private async Task WriteAsync()
    {
        List<TaskCompletionSource<bool>> waiting = [];
        try
        {
            while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_lines.Reader.TryRead(out (byte[] Line, TaskCompletionSource<bool>? Written) next))
                {
                    _file.Write(next.Line, 0, next.Line.Length);
                    _file.Write(NewLine, 0, NewLine.Length);
                    if (next.Written is not null)
                    {
                        waiting.Add(next.Written);
                    }
                }

                // Outcomes need not survive a power cut on their own; a process that is killed loses nothing of them.
                _file.Flush(flushToDisk: waiting.Count > 0);
                waiting.ForEach(written => written.TrySetResult(true));
                waiting.Clear();
            }

            _file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk: nothing more may be sent, and everyone who waits is told.
            PartnerCenterException failure = new(ErrorIds.InvalidJournal, Messages.JournalWriteFailed.With(_file.Name, error.Message), error);
            _lines.Writer.TryComplete();
            waiting.ForEach(written => written.TrySetException(failure));
            while (_lines.Reader.TryRead(out (byte[] Line, TaskCompletionSource<bool>? Written) next))
            {
                next.Written?.TrySetException(failure);
            }

            throw failure;
        }
    }
}
