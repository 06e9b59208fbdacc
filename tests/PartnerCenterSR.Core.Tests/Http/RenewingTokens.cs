using System.Collections.Generic;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>Tokens t0, t1 and so on: each renewal, silent or by a person, brings the next.</summary>
internal sealed class RenewingTokens : ITokenSource
{
    private int _number;

    public List<(string, string?)> Renewed { get; } = [];

    public List<(string, string?)> Asked { get; } = [];

    public SignInFacts Facts => SignInFacts.None;

    public bool CanRenew { get; set; } = true;

    public bool CanAsk { get; set; } = true;

    public Task<string> GetAsync(CallOptions options) => Task.FromResult("t" + _number);

    public Task<string> RenewAsync(string rejected, string? claims, CallOptions options)
    {
        Renewed.Add((rejected, claims));
        return Task.FromResult("t" + ++_number);
    }

    public Task<string> AskAsync(string rejected, string claims, CallOptions options)
    {
        Asked.Add((rejected, claims));
        return Task.FromResult("t" + ++_number);
    }

    public void End()
    {
    }
}
