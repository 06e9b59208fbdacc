using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>A token that came from elsewhere: it serves until it ends.</summary>
internal sealed class StaticTokenSource(string token, SignInFacts facts) : ITokenSource
{
    private string? _token = token;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public SignInFacts Facts => facts;

    public bool CanRenew => false;

    public bool CanAsk => false;

    /// <exception cref="PartnerCenterException">The token has ended, or the connection has.</exception>
    public Task<string> GetAsync(CallOptions options)
    {
        string token = _token ?? throw CallErrors.Disconnected();
        return facts.ExpiresOn is { } end && end <= Time.GetUtcNow()
            ? throw new PartnerCenterException(ErrorIds.TokenExpired, Messages.TokenExpired.With(end.LocalDateTime)) { RecommendedAction = Messages.TokenExpiredAction }
            : Task.FromResult(token);
    }

    public Task<string> RenewAsync(string rejected, string? claims, CallOptions options) => throw new NotSupportedException();

    public Task<string> AskAsync(string rejected, string claims, CallOptions options) => throw new NotSupportedException();

    public void End() => _token = null;
}
