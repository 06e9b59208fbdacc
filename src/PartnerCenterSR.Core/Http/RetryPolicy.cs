using System;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;
using Polly;
using Polly.Retry;

namespace PartnerCenterSR.Core.Http;

/// <summary>Polly, set up for this service. The waits that the service asks for are the <see cref="EndpointThrottle"/>'s.</summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly ResiliencePropertyKey<IClientObserver> ObserverKey = new("observer");

    private readonly ResiliencePipeline _pipeline;

    public RetryPolicy(ConnectionSettings settings, TimeProvider time) =>
        _pipeline = settings.MaximumRetryCount == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.MaximumRetryCount,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.RetryDelay,
                MaxDelay = LongestDelay,
                ShouldHandle = args => new(args.Outcome.Exception is PartnerCenterException error && CallErrors.IsTransient(error)),
                DelayGenerator = args => new(args.Outcome.Exception is PartnerCenterException error && AsksForPause(error) ? TimeSpan.Zero : null),
                OnRetry = Tell,
            })
            .Build();

    /// <summary>A longer pause than this is not waited for: the call fails and says so.</summary>
    public static TimeSpan LongestPause { get; } = TimeSpan.FromHours(1);

    /// <summary>Whether the service asks for a pause that nobody waits for.</summary>
    public static bool IsTooLong(PartnerCenterException error) => error.StatusCode is 429 or 503 && error.RetryAfter > LongestPause;

    /// <summary>Whether the service asks all calls to wait. The wait is the <see cref="EndpointThrottle"/>'s.</summary>
    public static bool AsksForPause(PartnerCenterException error) =>
        (error.StatusCode == 429 || (error.StatusCode == 503 && error.RetryAfter is not null)) && !IsTooLong(error);

    /// <summary>Makes the attempt, and again while it fails in a way that may pass.</summary>
    /// <exception cref="PartnerCenterException">The last failure.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CallOptions options)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, options.Cancellation);
        context.Properties.Set(ObserverKey, options.Observer);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (_, run) => await run().ConfigureAwait(false), context, attempt).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ValueTask Tell(OnRetryArguments<object> args)
    {
        if (args.Context.Properties.TryGetValue(ObserverKey, out IClientObserver? observer))
        {
            observer.Verbose(Messages.VerboseRetry.With(
                args.AttemptNumber + 1, args.RetryDelay.TotalSeconds, args.Outcome.Exception?.Message));
        }

        return default;
    }
}
