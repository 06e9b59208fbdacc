using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Http;

/// <summary>Sends one attempt of one request and tells exactly how it went.</summary>
/// <param name="http">For what is only read.</param>
/// <param name="writing">For what must not be sent twice.</param>
/// <param name="settings">What the connection keeps to.</param>
/// <param name="clock">The machine's.</param>
internal sealed class Transport(HttpClient http, HttpClient writing, ConnectionSettings settings, Clock clock) : ITransport
{
    /// <summary>Unpacked. The largest page of requests is far below.</summary>
    private const int LargestAnswer = 32 << 20;

    private const int LargestError = 64 << 10;

    // A clock that was never set tells no time, and nothing can be reckoned beside the ends of the calendar.
    private const int FirstYear = 2000;
    private const int LastYear = 9000;

    /// <exception cref="PartnerCenterException">Anything but a 2xx.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
    {
        using HttpRequestMessage message = Compose(request, token);
        using CancellationTokenSource attempt = clock.After(settings.AttemptTimeout);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation, attempt.Token);
        DateTimeOffset began = clock.Now;
        if (options.Observer.IsListening)
        {
            options.Observer.Debug($"{request.Method} {request.Uri} MS-RequestId {request.RequestId} MS-CorrelationId {request.CorrelationId}");
        }

        try
        {
            using HttpResponseMessage answer =
                await (request.Body is null ? http : writing).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            (byte[] body, bool complete) = await ReadAsync(answer, limit.Token).ConfigureAwait(false);
            if (options.Observer.IsListening)
            {
                options.Observer.Verbose(Messages.VerboseCall.With(
                    request.Method, request.Uri.PathAndQuery, (int)answer.StatusCode, (long)(clock.Now - began).TotalMilliseconds, request.RequestId));
            }

            return answer.IsSuccessStatusCode
                ? Success(answer, body, complete, clock.Now - began)
                : throw Refusal(request, answer, body, token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !options.Cancellation.IsCancellationRequested)
        {
            throw CallErrors.TimedOut(request, settings.AttemptTimeout);
        }
        catch (OperationCanceledException error) when (!options.Cancellation.IsCancellationRequested)
        {
            // Neither the user nor our limit: the handler's own, for connecting.
            throw CallErrors.ConnectionFailed(request, error, outcomeOpen: false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw CallErrors.ConnectionFailed(request, error, !ConnectionFailure.WasNotSent(error));
        }
    }

    private HttpRequestMessage Compose(ApiRequest request, string token)
    {
        HttpRequestMessage message = new(request.Method, request.Uri);
        HttpRequestHeaders headers = message.Headers;
        headers.Authorization = new("Bearer", token);
        headers.ExpectContinue = false;
        foreach (KeyValuePair<string, string> header in Headers(request))
        {
            headers.Remove(header.Key);
            headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new("application/json");
        }

        return message;
    }

    private IEnumerable<KeyValuePair<string, string>> Headers(ApiRequest request)
    {
        // First what a next link asks for, so that it never replaces a header of ours.
        foreach (KeyValuePair<string, string> header in request.LinkHeaders.Where(IsHarmless))
        {
            yield return header;
        }

        yield return new("Accept", "application/json");
        yield return new("MS-RequestId", request.RequestId);
        yield return new("MS-CorrelationId", request.CorrelationId);
        yield return new("MS-Contract-Version", "v1");
        yield return new("X-Locale", settings.Locale);
        yield return new("MS-PartnerCenter-Application", settings.ApplicationName);
        yield return new("User-Agent", settings.UserAgent);
        if (request.Body is null)
        {
            // What somebody kept from before proves nothing of an update.
            yield return new("Cache-Control", "no-cache");
        }

        if (request.ValidatesMfa)
        {
            yield return new("ValidateMfa", "true");
        }

        if (request.IncludeOrganizationRequests)
        {
            yield return new("IncludeOrganizationRequests", "true");
        }
    }

    /// <summary>The one header that a next link may ask for; a line end in it would be a second request.</summary>
    private static bool IsHarmless(KeyValuePair<string, string> header) =>
        string.Equals(header.Key, "MS-ContinuationToken", StringComparison.OrdinalIgnoreCase) && header.Value.All(c => c is > ' ' and <= '~');

    private static async Task<(byte[] Body, bool Complete)> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using AnswerBody body = new(answer.IsSuccessStatusCode ? LargestAnswer : LargestError);
        try
        {
#if NET
            Stream stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
#else
            Stream stream = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            using (stream)
            {
                return await body.ReadAsync(stream, cancellation).ConfigureAwait(false)
                    ? (body.ToArray(), true)
                    : (answer.IsSuccessStatusCode ? [] : body.ToArray(), false);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The status arrived, and with it the verdict; what is missing is only the text.
            return (body.ToArray(), false);
        }
        catch (OperationCanceledException) when (answer.IsSuccessStatusCode)
        {
            return (body.ToArray(), false);
        }
    }

    private ApiResponse Success(HttpResponseMessage answer, byte[] body, bool complete, TimeSpan took) => new((int)answer.StatusCode, body)
    {
        IsComplete = complete,
        Date = answer.Headers.Date is { Year: >= FirstYear and <= LastYear } date ? date : null,
        Age = answer.Headers.Age,
        Took = took,
        ReceivedAt = clock.Now,
        IsMfaCompliant = bool.TryParse(Header(answer, "isMfaCompliant"), out bool isCompliant) ? isCompliant : null,
        CorrelationId = Correlation(answer),
    };

    private PartnerCenterException Refusal(ApiRequest request, HttpResponseMessage answer, byte[] body, string token)
    {
        ServiceError error = Redact(ServiceError.Parse(body), token);
        int status = (int)answer.StatusCode;
        TimeSpan? retryAfter = RetryAfter.Read(
            answer.Headers.RetryAfter, answer.Headers.Date, clock.WallNow, Header(answer, "Retry-After") ?? (status == 429 ? error.Message : null));
        return CallErrors.FromStatus(request, status, error, retryAfter, Correlation(answer), ClaimsChallenge.Read(answer.Headers.WwwAuthenticate));
    }

    private static ServiceError Redact(ServiceError error, string token)
    {
        Redaction redaction = new([token]);
        return error with { Code = error.Code is null ? null : redaction.Clean(error.Code), Message = error.Message is null ? null : redaction.Clean(error.Message) };
    }

    /// <summary>An id and nothing else: a confused proxy may send back whatever it was sent.</summary>
    private static string? Correlation(HttpResponseMessage answer) => Guid.TryParse(Header(answer, "MS-CorrelationId"), out Guid id) ? id.ToString("D") : null;

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
