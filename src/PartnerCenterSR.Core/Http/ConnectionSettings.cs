using System;

namespace PartnerCenterSR.Core.Http;

/// <summary>What a connection keeps to for its whole life.</summary>
internal sealed record ConnectionSettings
{
    public const int DefaultTimeoutSec = 100;

    public const int DefaultMaximumRetryCount = 6;

    public const int DefaultSettleTimeSec = 30;

    public const int DefaultMaximumOutageSec = 180;

    public Uri Endpoint { get; init; } = null!;

    /// <summary>The longest that one attempt of one request may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(DefaultTimeoutSec);

    /// <summary>How often a request may be tried again.</summary>
    public int MaximumRetryCount { get; init; } = DefaultMaximumRetryCount;

    /// <summary>How long after a lost answer the service may still act on the request.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(DefaultSettleTimeSec);

    /// <summary>How long a run waits for a service that is down.</summary>
    public TimeSpan MaximumOutage { get; init; } = TimeSpan.FromSeconds(DefaultMaximumOutageSec);

    /// <summary>The first pause between two attempts; it doubles from there.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public string UserAgent { get; init; } = "PartnerCenterSR";

    public string ApplicationName { get; init; } = "PartnerCenterSR";

    public string Locale { get; init; } = "en-US";
}
