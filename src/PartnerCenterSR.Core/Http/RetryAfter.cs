using System;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Core.Http;

/// <summary>How long the service asks to wait.</summary>
internal static class RetryAfter
{
    private static readonly Regex GatewayWords = new(@"\b(\d{1,5}) seconds?\b", RegexOptions.CultureInvariant);

    /// <param name="header">The header, in seconds or as a date.</param>
    /// <param name="serviceDate">The service's own clock, against which its date is read. Null: this machine's.</param>
    /// <param name="now">This machine's clock.</param>
    /// <param name="message">The error's words: the gateway names the seconds only there.</param>
    public static TimeSpan? Read(RetryConditionHeaderValue? header, DateTimeOffset? serviceDate, DateTimeOffset now, string? message)
    {
        if (header?.Delta is { } delta)
        {
            return delta;
        }

        if (header?.Date is { } date)
        {
            TimeSpan until = date - (serviceDate ?? now);
            return until > TimeSpan.Zero ? until : TimeSpan.Zero;
        }

        return message is not null && GatewayWords.Match(message) is { Success: true } match
            ? TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            : null;
    }
}
