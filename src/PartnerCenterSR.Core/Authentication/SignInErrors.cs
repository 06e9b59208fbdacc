using System;
using System.Net.Http;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What each refusal of the sign-in service means, and what to do. MSAL's own exceptions stay inside: they carry whole answers.</summary>
internal static class SignInErrors
{
    private static readonly Regex Code = new(@"\bAADSTS(\d{5,7})\b", RegexOptions.CultureInvariant);
    private static readonly Regex Noise = new(
        @"\s*(Trace ID|Correlation ID|Timestamp)\b.*$|\s*See https\S+", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    public static PartnerCenterException From(Exception error, SignInOptions options)
    {
        string message = Redact(Noise.Replace(error.Message, string.Empty), options);
        string? code = Code.Match(error.Message) is { Success: true } match ? "AADSTS" + match.Groups[1].Value : (error as MsalException)?.ErrorCode;
        return new(ErrorIds.SignInFailed, Messages.SignInFailed.With(message.TrimEnd('.', ' ')))
        {
            StatusCode = (error as MsalServiceException)?.StatusCode is > 0 and var status ? status : null,
            ServiceErrorCode = code,
            ServiceMessage = message,
            CorrelationId = (error as MsalException)?.CorrelationId,
            RecommendedAction = Cure(code, error, options),
            IsPassing = IsPassing(error),
        };
    }

    /// <summary>Whether the sign-in service, or the way to it, fails for now: it has refused nothing.</summary>
    private static bool IsPassing(Exception error) => error is HttpRequestException
        || error is MsalServiceException { StatusCode: >= 500 or 429 or 408 }
        || error is MsalException { ErrorCode: MsalError.RequestTimeout or "temporarily_unavailable" or MsalError.ServiceNotAvailable };

    /// <summary>Nobody is there to be asked.</summary>
    public static PartnerCenterException Unattended(string message) =>
        new(ErrorIds.SignInFailed, message) { RecommendedAction = Messages.UnattendedAction };

    private static string Cure(string? code, Exception error, SignInOptions options) => code switch
    {
        "AADSTS50076" or "AADSTS50078" or "AADSTS50079" or "AADSTS50158" => options.IsInteractive ? Messages.MfaCure : Messages.MfaUnattendedCure,
        "AADSTS65001" => Messages.ConsentCure,
        "AADSTS700082" or "AADSTS70008" or "AADSTS50173" or "AADSTS70000" => Messages.RefreshTokenCure,
        "AADSTS700016" => Messages.ApplicationCure,
        "AADSTS7000215" or "AADSTS7000222" or "AADSTS700027" or "AADSTS7000218" => Messages.ApplicationProofCure,
        "AADSTS90002" or "AADSTS900023" => Messages.TenantCure,
        "AADSTS900329" => Messages.AppOnlyCure,
        "AADSTS900421" => Messages.NoMfaCure,
        "authorization_declined" or "access_denied" or "authentication_canceled" => Messages.DeclinedCure,
        "expired_token" or "code_expired" => Messages.CodeExpiredCure,
        "linux_xdg_open_failed" or "http_listener_error" or "platform_not_supported" => Messages.NoBrowserCure,
        "interaction_required" or "invalid_grant" => options.IsInteractive ? Messages.SignInAgainCure : Messages.RefreshTokenCure,
        _ when error is HttpRequestException => Messages.ConnectionFailedAction,
        _ => Messages.SignInAgainCure,
    };

    private static string Redact(string text, SignInOptions options)
    {
        foreach (string? secret in new[] { options.RefreshToken, options.ApplicationSecret })
        {
            text = string.IsNullOrEmpty(secret) ? text : text.Replace(secret!, "***");
        }

        return text;
    }
}
