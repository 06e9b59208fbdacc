using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>How long it pauses.</summary>
public sealed partial class CallPipelineTests
{
    [Fact]
    public async Task A_refusal_makes_the_next_pause_longer_and_a_success_makes_it_short_again()
    {
        CallPipeline pipeline = Pipeline();
        CallOptions options = new Wire(_ => null!).Options;
        for (int i = 0; i < 2; i++)
        {
            _answers.Enqueue(Refuse(429));
            await Assert.ThrowsAsync<PartnerCenterException>(() => pipeline.SendOnceAsync(Request, options));
            _time.Advance(TimeSpan.FromMilliseconds(1001));
        }

        _answers.Enqueue(Answer());
        Task<ApiResponse> third = pipeline.SendOnceAsync(Request, options);
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await third).StatusCode);
        _answers.Enqueue(Refuse(429));
        await Assert.ThrowsAsync<PartnerCenterException>(() => pipeline.SendOnceAsync(Request, options));
        _time.Advance(TimeSpan.FromMilliseconds(1001));
        _answers.Enqueue(Answer());
        Assert.True(pipeline.SendOnceAsync(Request, options).IsCompletedSuccessfully);
    }
}
