using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <content>What a failure on the wire says.</content>
public sealed partial class TransportHeaderTests
{
    [Theory]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(null, true)]
    public async Task A_failure_says_whether_anything_was_sent(HttpRequestError? reason, bool isOpen)
    {
        Exception failure = reason is { } known ? new HttpRequestException(known) : new IOException("cut");
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => SendAsync(Get, _ => throw failure));
        Assert.Equal((ErrorIds.ConnectionFailed, isOpen), (error.ErrorId, error.OutcomeOpen));
    }

    [Fact]
    public async Task The_handlers_own_end_of_connecting_is_no_time_out()
    {
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => SendAsync(Get, _ => throw new TaskCanceledException()));
        Assert.Equal((ErrorIds.ConnectionFailed, false), (error.ErrorId, error.OutcomeOpen));
    }

    [Fact]
    public async Task What_the_user_ends_is_ended()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Get, Ok, new Wire(_ => null!).Options with { Cancellation = cancel.Token }));
    }
}
