using System;
using System.Threading;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class ClockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(-1)]
    [InlineData(-5000)]
    public void A_wait_that_is_over_is_none(double milliseconds) =>
        Assert.True(new Clock(new FakeTimeProvider()).DelayAsync(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None).IsCompletedSuccessfully);
}
