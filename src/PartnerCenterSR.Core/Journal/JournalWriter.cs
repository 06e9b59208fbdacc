using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>
/// Writes lines in the order in which they come; those that come together are brought to the disk together. When that fails, in
/// whatever way, everyone who waits is told, and so is everyone who comes later.
/// </summary>
internal sealed class JournalWriter(IJournalStore store, Clock clock)
{
    private readonly object _lock = new();
    private readonly object _writing = new();
    private readonly IWorker _worker = clock.NewWorker();
    private List<(byte[] Line, TaskCompletionSource<bool>? Written)> _lines = [];
    private readonly HashSet<TaskCompletionSource<bool>> _waiting = [];
    private bool _isPosted;
    private bool _isFinished;
    private volatile PartnerCenterException? _failure;

    /// <summary>Ends when the line is on the disk.</summary>
    /// <exception cref="PartnerCenterException">It cannot be written.</exception>
    public async Task WriteAsync(byte[] line)
    {
        TaskCompletionSource<bool> written = clock.NewSignal();
        Post(line, written);
        await written.Task.ConfigureAwait(false);
        if (_failure is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Writes the line with the next that someone waits for, or at the end.</summary>
    public void Post(byte[] line) => Post(line, null);

    /// <summary>Why writing failed, as everyone was told who waited. Null: it has not.</summary>
    public PartnerCenterException? Failure => _failure;

    /// <summary>Nothing more is written, and whoever waits is told, also where the disk never answers.</summary>
    public void Fail(Exception error)
    {
        _failure ??= FailureOf(error);
        TaskCompletionSource<bool>[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
        }

        Array.ForEach(waiting, written => clock.Complete(written));
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            _isFinished = true;
        }

        lock (_writing)
        {
            Write(Take());
            try
            {
                store.Flush();
            }
            catch (Exception error)
            {
                Fail(error);
            }

            _worker.Dispose();
        }
    }

    private void Post(byte[] line, TaskCompletionSource<bool>? written)
    {
        lock (_lock)
        {
            if (_isFinished)
            {
                // An outcome that comes too late is read back; an intent that does must not be sent.
                if (written is not null)
                {
                    throw FailureOf(new ObjectDisposedException(store.Name));
                }

                return;
            }

            _lines.Add((line, written));
            _ = written is not null && _waiting.Add(written);
            if (_isPosted || written is null)
            {
                return;
            }

            _isPosted = true;
        }

        _worker.Post(WriteAll);
    }

    /// <summary>One thread writes while there is something that someone waits for: none stands beside it and waits for the disk.</summary>
    private void WriteAll()
    {
        lock (_writing)
        {
            while (IsAwaited())
            {
                Write(Take());
            }
        }
    }

    private bool IsAwaited()
    {
        lock (_lock)
        {
            return _isPosted = _lines.Exists(line => line.Written is not null);
        }
    }

    private List<(byte[] Line, TaskCompletionSource<bool>? Written)> Take()
    {
        lock (_lock)
        {
            (List<(byte[] Line, TaskCompletionSource<bool>? Written)> lines, _lines) = (_lines, []);
            return lines;
        }
    }

    private void Write(List<(byte[] Line, TaskCompletionSource<bool>? Written)> lines)
    {
        bool isAwaited = false;
        try
        {
            foreach ((byte[] line, TaskCompletionSource<bool>? written) in _failure is null ? lines : [])
            {
                store.Append([.. line, (byte)'\n']);
                isAwaited |= written is not null;
            }

            // An outcome that is lost is read back: it need not be waited for.
            if (isAwaited)
            {
                store.Flush();
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }

        foreach (TaskCompletionSource<bool> written in lines.Select(line => line.Written).OfType<TaskCompletionSource<bool>>())
        {
            lock (_lock)
            {
                _waiting.Remove(written);
            }

            clock.Complete(written);
        }
    }

    private PartnerCenterException FailureOf(Exception error) =>
        new(ErrorIds.InvalidJournal, Messages.JournalWriteFailed.With(store.Name, error.Message), error);
}
