using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Who renews, and who waits for it.</summary>
internal sealed partial class MsalTokenSource
{
    private async Task<string> RenewAsync(string rejected, string? claims, bool isEarly, CallOptions options)
    {
        try
        {
            return await ReplaceAsync(rejected, () => AgainAsync(claims, options), options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.IsPassing)
        {
            DateTimeOffset now = _options.Time.GetUtcNow();
            if (isEarly && _held is { } held && now < held.Facts.ExpiresOn)
            {
                options.Observer.Verbose(Messages.VerboseSignInPassing.With(error.Message));
                held.RenewAt = now + Again < held.Facts.ExpiresOn ? now + Again : held.Facts.ExpiresOn!.Value;
                return held.Token;
            }

            // To a run it is an outage as any other: it is waited for.
            throw new PartnerCenterException(ErrorIds.ServiceUnavailable, error.Message, error) { StatusCode = error.StatusCode, RecommendedAction = error.RecommendedAction };
        }
    }

    /// <summary>For all who bring the same token once; who waited while that failed fails in the same way.</summary>
    private async Task<string> ReplaceAsync(string rejected, Func<Task<AuthenticationResult>> acquire, CallOptions options)
    {
        if (_isSigningIn.Value)
        {
            throw new PartnerCenterException(ErrorIds.SignInFailed, Messages.AssertionNeedsItself) { RecommendedAction = Messages.AssertionCure };
        }

        int tries = Volatile.Read(ref _tries);
        await _turn.WaitAsync(options.Waiting).ConfigureAwait(false);
        try
        {
            if (_held?.Token == rejected)
            {
                if (_tries != tries && _failure is { } failure)
                {
                    throw failure;
                }

                options.Observer.Verbose(Messages.VerboseRenewing.With(_options.Authority.Host));
                try
                {
                    await AcquireAsync(acquire, options).ConfigureAwait(false);
                }
                finally
                {
                    // Counted when it has ended: whoever came while a person was being asked is told the same, and nobody is asked anew.
                    _tries++;
                }
            }

            return (_held ?? throw Ended()).Token;
        }
        finally
        {
            _turn.Release();
        }
    }
}
