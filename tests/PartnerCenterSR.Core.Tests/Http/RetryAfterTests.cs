using System;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>How long a service asks to wait, wherever it says so.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("Rate limit is exceeded. Try again in 57 seconds.", 57)]
    [InlineData("Slow down.", null)]
    [InlineData("Rate limit of 100 calls per 3600 seconds is exceeded. Try again in 1 seconds.", 1)]
    [InlineData("100 calls per 60 seconds; wait 7 seconds.", 7)]
    [InlineData("Quota of 100 calls in 3600 seconds exceeded. Try again in 5 seconds.", 5)]
    [InlineData("Retry after 9 seconds: 100 calls per 60 seconds", 9)]
    public void The_gateways_seconds_are_in_its_words(string message, int? seconds) =>
        Assert.Equal(seconds, RetryAfter.Read(null, null, DateTimeOffset.UtcNow, message)?.TotalSeconds);

    [Fact]
    public void A_date_is_read_against_the_services_own_clock()
    {
        DateTimeOffset service = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(30, RetryAfter.Read(new(service.AddSeconds(30)), service, DateTimeOffset.UtcNow, null)!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData(1, "3", 3)]
    [InlineData(1, " 12 ", 12)]
    [InlineData(1, "99999999999999999999", 316224000)]
    [InlineData(1, "316224001", 316224000)]
    [InlineData(1, "in 1 second", 1)]
    [InlineData(1, "seconds 5", null)]
    [InlineData(1, null, null)]
    public void What_is_no_header_is_read_from_its_words(int _, string? words, int? seconds) => Assert.Equal(seconds, RetryAfter.Read(null, null, DateTimeOffset.UtcNow, words)?.TotalSeconds);

    [Fact]
    public void A_header_goes_before_words_and_a_date_that_is_over_is_now()
    {
        DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(7, RetryAfter.Read(new(TimeSpan.FromSeconds(7)), now, now, "9")!.Value.TotalSeconds);
        Assert.Equal(0, RetryAfter.Read(new(now.AddSeconds(-1)), null, now, "9")!.Value.TotalSeconds);
        Assert.Equal(5, RetryAfter.Read(new(now.AddSeconds(5)), null, now, "9")!.Value.TotalSeconds);
    }
}
