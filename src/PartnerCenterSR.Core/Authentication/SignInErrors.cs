using System;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What each refusal of the sign-in service means, and what to do. MSAL's own exceptions stay inside: they carry whole answers.</summary>
internal static class SignInErrors
{
    private static readonly Regex Code = new(@"\bAADSTS(\d{5,7})\b", RegexOptions.CultureInvariant);
    private static readonly Regex Noise = new(
        @"\s*(Trace ID|Correlation ID|Timestamp)\b.*$|\s*See https\S+( for details)?|\s*for details\.\s*Original exception:.*$|\s*Original exception:\s*",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <param name="error">What MSAL or the network said.</param>
    /// <param name="options">How the sign-in was to be.</param>
    /// <param name="limit">How long one call might take. Null: not known.</param>
    public static PartnerCenterException From(Exception error, SignInOptions options, TimeSpan? limit = null)
    {
        bool isTooLate = error is OperationCanceledException || error is MsalException { ErrorCode: MsalError.RequestTimeout };
        AuthenticationException? untrusted = error.GetBaseException() as AuthenticationException;
        string message = isTooLate ? Messages.SignInTimeout.With((limit ?? options.Timeout).TotalSeconds)
            : IsUnreadable(error) ? Messages.SignInUnreadable
            : SafeText.Line(new Redaction([options.RefreshToken, options.ApplicationSecret, .. options.FurtherSecrets]).Clean(Redaction.CleanCredentials(Noise.Replace(Words(error), string.Empty).Trim())));
        string? code = Code.Match(error.Message) is { Success: true } match ? "AADSTS" + match.Groups[1].Value : (error as MsalException)?.ErrorCode;
        return new(ErrorIds.SignInFailed, Messages.SignInFailed.With(message.TrimEnd('.', ' ')))
        {
            StatusCode = (error as MsalServiceException)?.StatusCode is > 0 and var status ? status : null,
            ServiceErrorCode = code,
            ServiceMessage = message,
            CorrelationId = (error as MsalException)?.CorrelationId,
            RecommendedAction = untrusted is not null ? Messages.UntrustedCure.With(options.Authority.Host)
                : SignInCures.For(code, options) ?? (error.GetBaseException() is HttpRequestException ? Messages.ConnectionFailedAction : Messages.SignInAgainCure),
            IsPassing = isTooLate || IsUnreadable(error) || IsPassing(error),
        };
    }

    /// <summary>Nobody is there to be asked.</summary>
    public static PartnerCenterException Unattended(string message) =>
        new(ErrorIds.SignInFailed, message) { RecommendedAction = Messages.UnattendedAction };

    /// <summary>Whether the sign-in service, or the way to it, fails for now: it has refused nothing.</summary>
    private static bool IsPassing(Exception error) => error is HttpRequestException
        || error.InnerException is HttpRequestException
        || error is MsalServiceException { StatusCode: >= 500 or 429 or 408 }
        || error is MsalException { ErrorCode: "temporarily_unavailable" or MsalError.ServiceNotAvailable };

    /// <summary>Whether something else answered in its place, say a portal that wants a room number.</summary>
    private static bool IsUnreadable(Exception error) =>
        error is JsonException || error.InnerException is JsonException || error is MsalException { ErrorCode: MsalError.JsonParseError or MsalError.NonParsableOAuthError };

    /// <summary>"See inner exception" is no help: what the inner one says is.</summary>
    private static string Words(Exception error) =>
        error is HttpRequestException or MsalException { InnerException: HttpRequestException } ? error.GetBaseException().Message : error.Message;
}
