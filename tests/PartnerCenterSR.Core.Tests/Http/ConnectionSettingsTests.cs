using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>What a connection and a call are where nobody says otherwise.</summary>
public sealed class ConnectionSettingsTests
{
    [Fact]
    public void A_service_hears_the_modules_name_and_english()
    {
        ConnectionSettings settings = new();
        Assert.Equal(("PartnerCenterSR", "PartnerCenterSR", "en-US"), (settings.UserAgent, settings.ApplicationName, settings.Locale));
    }

    [Fact]
    public void Ids_are_guids_as_the_service_writes_them() => Assert.True(Guid.TryParseExact(ApiRequest.NewId(), "D", out _) && ApiRequest.NewId().Contains('-', StringComparison.Ordinal));

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task Nothing_new_sets_out_once_either_is_cancelled(bool waiting, bool calls, bool isStopping)
    {
        using CancellationTokenSource wait = new();
        using CancellationTokenSource call = new();
        await (waiting ? wait : new()).CancelAsync();
        await (calls ? call : new()).CancelAsync();
        Assert.Equal(isStopping, (new Wire(_ => null!).Options with { Waiting = wait.Token, Cancellation = call.Token }).IsStopping);
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public void Only_a_success_that_cannot_be_read_may_be_readable_the_next_time(int status, bool passes) =>
        Assert.Equal(passes, CallErrors.IsTransient(CallErrors.Malformed(new(ApiRequest.Patch, Wire.Endpoint), new(status, []))));
}
