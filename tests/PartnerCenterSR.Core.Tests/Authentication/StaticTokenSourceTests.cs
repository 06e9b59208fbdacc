using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public sealed class StaticTokenSourceTests
{
    [Fact]
    public async Task A_token_from_elsewhere_serves_until_it_ends()
    {
        FakeTimeProvider time = new();
        CallOptions call = new(new RecordingObserver(), CancellationToken.None);
        StaticTokenSource tokens = new("token", new() { ExpiresOn = time.GetUtcNow().AddMinutes(1) }) { Time = time };
        Assert.Equal(("token", false, false), (await tokens.GetAsync(call), tokens.CanRenew, tokens.CanAsk));
        time.Advance(TimeSpan.FromMinutes(1));
        PartnerCenterException ended = await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(call));
        Assert.Equal((ErrorIds.TokenExpired, Messages.TokenExpiredAction), (ended.ErrorId, ended.RecommendedAction));
        tokens.End();
        Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(() => tokens.GetAsync(call))).ErrorId);
        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.RenewAsync("token", null, call));
        await Assert.ThrowsAsync<NotSupportedException>(() => tokens.AskAsync("token", "{}", call));
    }
}
