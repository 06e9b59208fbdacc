using System;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Http;

/// <summary>
/// What a call passes, from top to bottom: retry, token, throttle, transport; each once. Who tries again by itself, as an update
/// does, asks for single attempts.
/// </summary>
internal sealed class CallPipeline(ITokenSource tokens, EndpointThrottle throttle, ITransport transport, ServiceClock serviceClock, RetryPolicy retry)
{
    /// <summary>Makes the call, again while it fails in a way that may pass, and reads the answer.</summary>
    /// <param name="request">The call.</param>
    /// <param name="read">Reads an answer. Null: it cannot be read, which may pass too.</param>
    /// <param name="options">The command's.</param>
    /// <exception cref="PartnerCenterException">The last failure.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, T?> read, CallOptions options)
        where T : class => retry.RunAsync(() => SendOnceAsync(request, read, options), options);

    /// <summary>One attempt at it.</summary>
    public async Task<T> SendOnceAsync<T>(ApiRequest request, Func<ApiResponse, T?> read, CallOptions options)
        where T : class
    {
        ApiResponse response = await SendOnceAsync(request, options).ConfigureAwait(false);
        return read(response) ?? throw CallErrors.Malformed(request, response);
    }

    /// <summary>One attempt, whose answer is the caller's to read.</summary>
    public async Task<ApiResponse> SendOnceAsync(ApiRequest request, CallOptions options)
    {
        string token = await tokens.GetAsync(options).ConfigureAwait(false);
        try
        {
            return await SendThrottledAsync(request, token, options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.ErrorId == ErrorIds.Unauthenticated && tokens.CanRenew)
        {
            // A 401 was refused before anything was done, so the same request may go again with a new token, once.
            options.Refused?.Invoke();
            options.Observer.Verbose(Messages.VerboseRenew);
            string renewed = await tokens.RenewAsync(token, error.ClaimsChallenge, options).ConfigureAwait(false);
            return await SendThrottledAsync(request, renewed, options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.ErrorId == ErrorIds.MfaRequired && tokens.CanAsk)
        {
            // A silent renewal would bring the same useless token.
            options.Refused?.Invoke();
            options.Observer.Verbose(Messages.VerboseMfa);
            string proven = await tokens.AskAsync(token, ClaimsChallenge.Mfa, options).ConfigureAwait(false);
            return await SendThrottledAsync(request, proven, options).ConfigureAwait(false);
        }
    }

    private async Task<ApiResponse> SendThrottledAsync(ApiRequest request, string token, CallOptions options)
    {
        int round = await throttle.EnterAsync(options.Observer, options.Waiting).ConfigureAwait(false);
        while (options.Preparing?.Invoke() is { } preparing)
        {
            throttle.Leave(succeeded: false);
            await preparing.ConfigureAwait(false);
            round = await throttle.EnterAsync(options.Observer, options.Waiting).ConfigureAwait(false);
        }

        bool succeeded = false;
        try
        {
            // A token may have been waited for meanwhile, and the command stopped.
            options.Waiting.ThrowIfCancellationRequested();
            options.SettingOut?.Invoke();
            ApiResponse response = await transport.SendAsync(request, token, options).ConfigureAwait(false);
            succeeded = true;
            serviceClock.Saw(response);
            return response;
        }
        catch (PartnerCenterException error) when (RetryPolicy.AsksForPause(error))
        {
            TimeSpan pause = throttle.Pause(error.RetryAfter, round);
            options.Observer.Verbose(Messages.VerbosePause.With(error.StatusCode, pause.TotalSeconds));
            throw;
        }
        finally
        {
            throttle.Leave(succeeded);
        }
    }
}
