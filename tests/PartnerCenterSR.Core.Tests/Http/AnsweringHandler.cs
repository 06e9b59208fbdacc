using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>Answers what is sent, without a network.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return answer(request);
    }
}
