using System;
using System.Net.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Http;

/// <summary>Every way in which a call fails, with the words that help. One place, so that each id has one meaning.</summary>
internal static class CallErrors
{
    private const string AppOnlyCode = "900329";
    private const string NoMfaCode = "900421";
    private const string OlderNoMfaCode = "10001";

    /// <summary>What a refusal of the service means.</summary>
    public static PartnerCenterException FromStatus(
        ApiRequest request, int status, ServiceError error, TimeSpan? retryAfter, string? correlationId, string? claims)
    {
        string id = status switch
        {
            401 when error.Code is NoMfaCode or OlderNoMfaCode => ErrorIds.MfaRequired,
            401 => ErrorIds.Unauthenticated,
            403 => ErrorIds.AccessDenied,
            404 => ErrorIds.NotFound,
            408 => ErrorIds.Timeout,
            429 => ErrorIds.Throttled,
            >= 500 => ErrorIds.ServiceUnavailable,
            >= 400 => ErrorIds.InvalidRequest,
            _ => ErrorIds.MalformedResponse,
        };
        string message = id switch
        {
            ErrorIds.Unauthenticated => Messages.Unauthenticated,
            ErrorIds.MfaRequired => Messages.MfaRequired,
            ErrorIds.AccessDenied => Messages.AccessDenied,
            ErrorIds.NotFound => Messages.NotFound,
            ErrorIds.Timeout => Messages.ServiceTimeout,
            ErrorIds.Throttled => Messages.Throttled,
            ErrorIds.ServiceUnavailable => Messages.ServiceUnavailable,
            ErrorIds.InvalidRequest => Messages.InvalidRequest,
            _ => Messages.UnexpectedStatus,
        };
        string words = message.With(status, Said(error));
        bool isTooLong = status is 429 or 503 && retryAfter > RetryPolicy.LongestPause;
        return new(id, isTooLong ? Messages.PauseTooLong.With(words, retryAfter!.Value.TotalMinutes) : words)
        {
            StatusCode = status,
            ServiceErrorCode = error.Code,
            ServiceMessage = error.Message,
            RequestId = request.RequestId,
            CorrelationId = correlationId ?? request.CorrelationId,
            RetryAfter = retryAfter,
            RecommendedAction = Cure(id, error),
            // Only a refusal says that nothing was done; a redirect says nothing.
            OutcomeOpen = status is < 400 or 408 or >= 500,
            InvalidFields = error.Fields,
            ClaimsChallenge = claims,
        };
    }

    /// <summary>Somebody has disconnected meanwhile.</summary>
    /// <param name="connect">The command that connects, as it has to be written.</param>
    public static PartnerCenterException Disconnected(string connect = "Connect-PartnerCenter") =>
        new(ErrorIds.NotConnected, Messages.NotConnectedAnyMore) { RecommendedAction = Messages.NotConnectedAction.With(connect) };

    public static PartnerCenterException ConnectionFailed(ApiRequest request, Exception cause, bool outcomeOpen) =>
        new(ErrorIds.ConnectionFailed, Messages.ConnectionFailed.With(request.Uri.Authority, Innermost(cause)), Told(cause))
        {
            RequestId = request.RequestId,
            CorrelationId = request.CorrelationId,
            RecommendedAction = Messages.ConnectionFailedAction,
            OutcomeOpen = outcomeOpen,
        };

    public static PartnerCenterException TimedOut(ApiRequest request, TimeSpan limit) =>
        new(ErrorIds.Timeout, Messages.Timeout.With(limit.TotalSeconds))
        {
            RequestId = request.RequestId,
            CorrelationId = request.CorrelationId,
            RecommendedAction = Messages.TimeoutAction,
            OutcomeOpen = true,
        };

    /// <summary>What nobody foresaw: the service may have acted.</summary>
    public static PartnerCenterException Unforeseen(ApiRequest request, Exception cause) =>
        new(ErrorIds.MalformedResponse, Messages.Unforeseen.With(Redaction.CleanAddresses(cause.Message)), Told(cause))
        {
            RequestId = request.RequestId,
            CorrelationId = request.CorrelationId,
            OutcomeOpen = true,
        };

    public static PartnerCenterException Malformed(ApiRequest request, ApiResponse response) =>
        new(ErrorIds.MalformedResponse, Messages.MalformedResponse.With(response.StatusCode))
        {
            StatusCode = response.StatusCode,
            RequestId = request.RequestId,
            CorrelationId = response.CorrelationId ?? request.CorrelationId,
        };

    /// <summary>Whether another attempt may fare better.</summary>
    public static bool IsTransient(PartnerCenterException error) => !RetryPolicy.IsTooLong(error) && error.ErrorId switch
    {
        ErrorIds.Timeout => true,
        ErrorIds.Throttled => true,
        ErrorIds.ServiceUnavailable => error.StatusCode is not (501 or 505),
        ErrorIds.ConnectionFailed => !ConnectionFailure.IsLasting(error.InnerException),
        ErrorIds.MalformedResponse => error.StatusCode is null or (>= 200 and < 300),
        _ => false,
    };

    private static string Said(ServiceError error) => (error.Message, error.Code) switch
    {
        ({ } message, { } code) => Messages.ServiceSaidWithCode.With(message.TrimEnd('.'), code),
        ({ } message, null) => Messages.ServiceSaid.With(message.TrimEnd('.')),
        (null, { } code) => Messages.ServiceCode.With(code),
        _ => string.Empty,
    };

    private static string? Cure(string id, ServiceError error) => (id, error.Code) switch
    {
        (_, AppOnlyCode) => Messages.AppOnlyCure,
        (ErrorIds.MfaRequired, _) => Messages.MfaInRunAction,
        (_, NoMfaCode) => Messages.NoMfaCure,
        (_, "900420") => Messages.OtherAudienceAction,
        (_, "20002") => Messages.NoRelationshipAction,
        (ErrorIds.Unauthenticated, _) => Messages.UnauthenticatedAction,
        (ErrorIds.AccessDenied, "900149") => Messages.AccessDenied900149Action,
        (ErrorIds.AccessDenied, "900150" or "2032") => Messages.AccessDenied900150Action,
        (ErrorIds.AccessDenied, _) => Messages.AccessDeniedAction,
        (ErrorIds.Throttled, _) => Messages.ThrottledAction,
        (ErrorIds.ServiceUnavailable, _) => Messages.ServiceUnavailableAction,
        _ => null,
    };

    private static string Innermost(Exception cause) => Redaction.CleanAddresses(cause.GetBaseException().Message).TrimEnd('.');

    /// <summary>The cause; in its place what it says, where it says how to sign in to a proxy.</summary>
    private static Exception Told(Exception cause) =>
        cause.ToString() is var text && Redaction.CleanAddresses(text) == text ? cause : new HttpRequestException(Innermost(cause));
}
