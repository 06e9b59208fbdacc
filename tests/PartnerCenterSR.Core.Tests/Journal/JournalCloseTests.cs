using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>A disk that hangs while a journal is closed holds nobody who stops.</summary>
public sealed class JournalCloseTests : IDisposable
{
    private readonly ManualResetEventSlim _hangs = new(initialState: true);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly JournalFile _journal;

    public JournalCloseTests() => _journal = JournalFile.Open(new MemoryStore { Flushing = Flush }, new("service", null, null), new(TimeProvider.System));

    private void Flush()
    {
        if (!_hangs.IsSet)
        {
            _reached.TrySetResult();
            _hangs.Wait();
        }
    }

    private Task CloseAsync() => Task.Run(() => _journal.Close(Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(1), _stop.Token));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_stops_before_or_meanwhile_goes_and_is_told(bool isBefore)
    {
        _hangs.Reset();
        if (isBefore)
        {
            await _stop.CancelAsync();
        }

        Task closing = CloseAsync();
        await _reached.Task;
        await _stop.CancelAsync();
        await closing;
        Assert.Equal(ErrorIds.InvalidJournal, _journal.Failure!.ErrorId);
    }

    [Fact]
    public async Task Who_waits_for_the_disk_is_told()
    {
        ServiceRequestUpdate update = new(1, "1", null, new() { Note = "n" });
        _hangs.Reset();
        Task begun = _journal.BeginAsync(_journal.Claim(update), update, update.Changes, "r", "c", default, null);
        await _reached.Task;
        await _stop.CancelAsync();
        await CloseAsync();
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => begun);
        Assert.Equal(ErrorIds.InvalidJournal, error.ErrorId);
    }

    [Fact]
    public async Task Whose_disk_answers_is_told_nothing()
    {
        await CloseAsync();
        Assert.Null(_journal.Failure);
    }

    public void Dispose()
    {
        _hangs.Set();
        _stop.Dispose();
    }
}
