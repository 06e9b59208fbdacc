using System;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>Where the client gets its bearer token.</summary>
internal interface ITokenSource
{
    /// <summary>What the present token says.</summary>
    SignInFacts Facts { get; }

    /// <summary>Whether a rejected token can be replaced.</summary>
    bool CanRenew { get; }

    /// <summary>Whether a person is there who can sign in anew in mid-run.</summary>
    bool CanAsk { get; }

    /// <summary>The token to use now, renewed beforehand where it is about to expire.</summary>
    Task<string> GetAsync(CallOptions options);

    /// <summary>
    /// Replaces a token that the service rejected; for all callers who bring the same one, once.
    /// <paramref name="claims"/> is what the service demands of the new one. Null: nothing more.
    /// </summary>
    Task<string> RenewAsync(string rejected, string? claims, CallOptions options);

    /// <summary>The same by asking the person, as no silent renewal would do; for all callers once.</summary>
    /// <exception cref="NotSupportedException">Nobody can be asked.</exception>
    Task<string> AskAsync(string rejected, string claims, CallOptions options);

    /// <summary>Lets all secrets go: from now on there is no token, and none is got.</summary>
    void End();
}
