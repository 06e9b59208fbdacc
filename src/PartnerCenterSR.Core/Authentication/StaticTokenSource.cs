using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>A token that came from elsewhere: it serves until it ends.</summary>
internal sealed class StaticTokenSource(string token, SignInFacts facts) : ITokenSource
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public SignInFacts Facts => facts;

    public bool CanRenew => false;

    /// <exception cref="PartnerCenterException">The token has ended.</exception>
    public Task<string> GetAsync(CallOptions options) => facts.ExpiresOn is { } end && end <= Time.GetUtcNow()
        ? throw new PartnerCenterException(ErrorIds.TokenExpired, Messages.TokenExpired.With(end.LocalDateTime)) { RecommendedAction = Messages.TokenExpiredAction }
        : Task.FromResult(token);

    public Task<string> RenewAsync(string rejected, string? claims, CallOptions options) => throw new NotSupportedException();
}
