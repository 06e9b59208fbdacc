using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>Which lines reach the disk with which flush, and who is told that they do not.</summary>
public sealed class JournalWriterTests
{
    private readonly MemoryStore _store = new();
    private readonly Queued _worker = new();
    private readonly JournalWriter _writer;

    public JournalWriterTests() => _writer = new(_store, new Manual(_worker));

    private string Text => Encoding.ASCII.GetString(_store.Bytes);

    private Task WriteAsync(char line) => _writer.WriteAsync([(byte)line]);

    private void Post(char line) => _writer.Post([(byte)line]);

    [Fact]
    public async Task What_comes_together_reaches_the_disk_together_and_in_order()
    {
        Post('a');
        Assert.Empty(_worker.Work);
        Task first = WriteAsync('b');
        Task second = WriteAsync('c');
        Post('d');
        Assert.Single(_worker.Work);
        Assert.Equal((string.Empty, 0, false), (Text, _store.Flushes, first.IsCompleted));
        _worker.Run();
        await Task.WhenAll(first, second);
        Assert.Equal(("a\nb\nc\nd\n", 1), (Text, _store.Flushes));

        // And who comes later wakes it anew.
        Post('e');
        Assert.Empty(_worker.Work);
        Task third = WriteAsync('f');
        Assert.Single(_worker.Work);
        _worker.Run();
        await third;
        Assert.Equal(("a\nb\nc\nd\ne\nf\n", 2, false), (Text, _store.Flushes, _writer.Failure is not null));
    }

    [Fact]
    public void What_nobody_waits_for_reaches_it_at_the_end_and_no_later()
    {
        Post('a');
        _writer.Finish();
        Assert.Equal(("a\n", 1, true), (Text, _store.Flushes, _worker.IsDisposed));
        Post('b');
        Assert.Equal("a\n", Text);
    }

    [Fact]
    public async Task An_intent_that_comes_when_it_has_ended_is_told_and_not_written()
    {
        _writer.Finish();
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => WriteAsync('a'));
        Assert.Equal((ErrorIds.InvalidJournal, string.Empty), (error.ErrorId, Text));
        Assert.Contains(_store.Name, error.Message, StringComparison.Ordinal);
        Assert.Empty(_worker.Work);
    }

    [Fact]
    public async Task What_was_waiting_when_it_ended_is_written()
    {
        Task waiting = WriteAsync('a');
        _writer.Finish();
        await waiting;
        _worker.Run();
        Assert.Equal(("a\n", 2), (Text, _store.Flushes));
    }

    [Fact]
    public async Task Behind_one_failure_nothing_is_written_and_everyone_is_told()
    {
        _store.FailsAtAppend = true;
        Task first = WriteAsync('a');
        _worker.Run();
        await Assert.ThrowsAsync<PartnerCenterException>(() => first);
        _store.FailsAtAppend = false;
        Task second = WriteAsync('b');
        _worker.Run();
        Assert.Contains("The disk is full.", (await Assert.ThrowsAsync<PartnerCenterException>(() => second)).Message, StringComparison.Ordinal);
        Post('c');
        _writer.Finish();
        Assert.Equal((string.Empty, true), (Text, _writer.Failure is not null));
    }

    [Fact]
    public void One_that_fails_at_its_end_has_failed()
    {
        _store.FailsAtFlush = true;
        Assert.False(_writer.Failure is not null);
        _writer.Finish();
        Assert.True(_writer.Failure is not null);
    }
    [Fact]
    public async Task A_disk_that_hangs_holds_up_nobody_who_ends_the_run_and_is_told()
    {
        using ManualResetEventSlim disk = new();
        MemoryStore store = new() { Flushing = disk.Wait };
        JournalFile journal = JournalFile.Open(store, new("service", null, null), new(TimeProvider.System));
        ServiceRequestUpdate update = new(1, "1", null, new() { Note = "n" });
        Task begun = journal.BeginAsync(journal.Claim(update), update, update.Changes, "r", "c", default, null);
        journal.Dispose();
        Assert.Equal((ErrorIds.InvalidJournal, false), (journal.Failure!.ErrorId, store.IsDisposed));

        // While the disk still hangs.
        await Assert.ThrowsAsync<PartnerCenterException>(() => begun);
        disk.Set();
    }

    private sealed class Manual(IWorker worker) : Clock(TimeProvider.System)
    {
        public override IWorker NewWorker() => worker;
    }

    private sealed class Queued : IWorker
    {
        public Queue<Action> Work { get; } = new();

        public bool IsDisposed { get; private set; }

        public void Post(Action work) => Work.Enqueue(work);

        public void Run()
        {
            while (Work.Count > 0)
            {
                Work.Dequeue()();
            }
        }

        public void Dispose() => IsDisposed = true;
    }
}
