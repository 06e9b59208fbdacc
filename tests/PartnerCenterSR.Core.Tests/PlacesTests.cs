using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class PlacesTests
{
    private static readonly Clock Clock = new(TimeProvider.System);

    [Fact]
    public async Task Only_so_many_are_in_and_who_leaves_lets_the_next_in()
    {
        Places places = new(2, Clock);
        await places.EnterAsync(CancellationToken.None);
        await places.EnterAsync(CancellationToken.None);
        Task third = places.EnterAsync(CancellationToken.None);
        Task fourth = places.EnterAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);
        places.Leave();
        await third;
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_loses_no_place_for_the_others()
    {
        Places places = new(1, Clock);
        await places.EnterAsync(CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task gone = places.EnterAsync(cancel.Token);
        Task next = places.EnterAsync(CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        places.Leave();
        await next;
    }

    [Fact]
    public async Task Who_is_stopped_takes_no_place()
    {
        Places places = new(1, Clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => places.EnterAsync(new CancellationToken(canceled: true)));
        Assert.True(places.EnterAsync(CancellationToken.None).IsCompletedSuccessfully);
    }
}
