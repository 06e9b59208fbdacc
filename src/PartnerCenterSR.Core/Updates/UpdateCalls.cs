using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What stands before and behind each call of one update: its place, its budget, and the breaker of the run.</summary>
/// <param name="run">What the updates of the run share.</param>
/// <param name="row">The update's place in the input.</param>
internal sealed class UpdateCalls(UpdateRunContext run, long row)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public UpdatePlace Place { get; } = new(run.Places, run.Session.Clock, run.Options.Waiting);

    public UpdateBudget Budget { get; } = new(run.Session.Settings.MaximumRetryCount);

    /// <summary>Waits, outside its place, while the service is down.</summary>
    /// <exception cref="PartnerCenterException">It is down for longer than the connection waits.</exception>
    public async Task PassAsync()
    {
        while (run.Breaker.IsOpen)
        {
            Place.Leave();
            if (await run.Breaker.WaitAsync().ConfigureAwait(false))
            {
                Budget.GiveBack();
            }

            await Place.TakeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends the update once.</summary>
    /// <param name="request">The call.</param>
    /// <param name="leaving">What is called of the update on its way. Null: nothing is.</param>
    /// <returns>The answer of a success; or the error, which tells whether the service may have acted.</returns>
    public async Task<(ApiResponse? Accepted, PartnerCenterException? Error)> SendAsync(ApiRequest request, CallOptions? leaving = null)
    {
        (ApiResponse? accepted, PartnerCenterException? error) = await AttemptAsync(request, leaving).ConfigureAwait(false);
        Report(error, wasSending: true);
        return (accepted, error);
    }

    /// <summary>Ends when a reading may set out.</summary>
    /// <returns>False: it is one too many.</returns>
    public async Task<bool> MayReadAsync()
    {
        await PassAsync().ConfigureAwait(false);
        return Budget.TryCall();
    }

    /// <summary>The same, behind a reading that failed.</summary>
    /// <param name="failed">How. Null: it did not, or was none.</param>
    public async Task<bool> MayReadAgainAsync(PartnerCenterException? failed)
    {
        if (failed is not null)
        {
            Report(failed, wasSending: false);
            await PauseAsync(failed).ConfigureAwait(false);
        }

        return await MayReadAsync().ConfigureAwait(false);
    }

    /// <summary>A call has ended.</summary>
    public void Report(PartnerCenterException? error, bool wasSending)
    {
        if (error is not null && run.Breaker.Failed(row, error))
        {
            Budget.Lost(wasSending);
        }
        else
        {
            if (error is null)
            {
                run.Breaker.Answered();
            }

            Budget.Answered();
        }
    }

    /// <summary>Whether it may cost more. Where it is not alone in failing, the service is asked first whether it is down.</summary>
    /// <param name="kept">So many calls are kept for something else.</param>
    public async Task<bool> MayGoOnAsync(int kept)
    {
        if (Budget.Calls <= kept)
        {
            run.Breaker.Suspect();
            await PassAsync().ConfigureAwait(false);
        }

        return Budget.Calls > kept;
    }

    /// <summary>The pause before the next attempt, outside its place.</summary>
    public async Task PauseAsync(PartnerCenterException? error)
    {
        if (error is not null && RetryPolicy.AsksForPause(error))
        {
            // The throttle has the pause.
            return;
        }

        int tried = Math.Max(0, Math.Min(10, Budget.Failures - 1));
        double seconds = Math.Min(LongestPause.TotalSeconds, run.Session.Settings.RetryDelay.TotalSeconds * Math.Pow(2, tried));
        TimeSpan pause = TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * run.Session.Clock.NextChance())));
        run.Options.Observer.Verbose(Messages.VerboseRetry.With(Math.Max(1, Budget.Failures), pause.TotalSeconds, error?.Message));
        await Place.WaitAsync(pause).ConfigureAwait(false);
    }

    private async Task<(ApiResponse? Accepted, PartnerCenterException? Error)> AttemptAsync(ApiRequest request, CallOptions? leaving)
    {
        try
        {
            return (await run.Session.Client.PatchOnceAsync(request, leaving ?? run.Options).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (run.Options.IsStopping)
        {
            throw;
        }
        catch (PartnerCenterException error)
        {
            return (null, error);
        }
        catch (Exception error) when (run.Judge.Has(CertaintyRules.Unforeseen))
        {
            // Whatever it is: that the service has not acted is not known.
            return (null, CallErrors.Unforeseen(request, error));
        }
    }
}
