using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Answers the reading before it, and then nothing any more.</summary>
internal sealed class HangingTransport(bool heedsCancellation) : ITransport
{
    public TaskCompletionSource Reached { get; } = new();

    public async Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
    {
        if (request.Method != ApiRequest.Patch)
        {
            return Wire.Json("{\"id\":\"1\"}");
        }

        Reached.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(heedsCancellation ? options.Cancellation : CancellationToken.None);
        throw new InvalidOperationException();
    }
}
