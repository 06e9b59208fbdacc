using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A refused token is renewed once what it waits for has ended.</summary>
internal sealed class SlowTokens(Func<Task> wait) : ITokenSource
{
    public SignInFacts Facts => SignInFacts.None;

    public bool CanRenew => true;

    public bool CanAsk => false;

    public Task<string> GetAsync(CallOptions options) => Task.FromResult("old");

    public async Task<string> RenewAsync(string rejected, string? claims, CallOptions options)
    {
        await wait().ConfigureAwait(false);
        return "new";
    }

    public Task<string> AskAsync(string rejected, string claims, CallOptions options) => throw new NotSupportedException();

    public void End()
    {
    }
}
