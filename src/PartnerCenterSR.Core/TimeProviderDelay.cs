using System;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>Waiting by a clock that a test can turn.</summary>
internal static class TimeProviderDelay
{
    public static Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellation) =>
#if NET
        Task.Delay(delay, time, cancellation);
#else
        time.Delay(delay, cancellation);
#endif
}
