using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class ThreadWorkerTests
{
    [Fact]
    public async Task A_disk_that_hangs_keeps_no_process_alive()
    {
        TaskCompletionSource<bool> isBackground = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ThreadWorker worker = new();
        worker.Post(() => isBackground.SetResult(Thread.CurrentThread.IsBackground));
        Assert.True(await isBackground.Task);
    }
}
