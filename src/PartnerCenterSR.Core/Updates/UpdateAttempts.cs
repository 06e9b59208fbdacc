using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>One update from its first attempt to its outcome: it is sent again only where it certainly has not taken effect.</summary>
internal sealed class UpdateAttempts
{
    private readonly PartnerSession _session;
    private readonly ServiceRequestUpdate _update;
    private readonly ApiRequest _request;
    private readonly CallOptions _options;
    private readonly RecentNotes.Earlier _earlier;
    private bool _open;

    /// <param name="session">The connection.</param>
    /// <param name="update">The update.</param>
    /// <param name="ledger">Which notes came just before.</param>
    /// <param name="unfinished">How far an earlier run got with it. Null: it is new.</param>
    /// <param name="options">The command's.</param>
    public UpdateAttempts(PartnerSession session, ServiceRequestUpdate update, RecentNotes ledger, UnfinishedUpdate? unfinished, CallOptions options)
    {
        _session = session;
        _update = update;
        _options = options;
        _open = unfinished is not null;
        _request = session.Client.Patch(update, unfinished?.RequestId ?? ApiRequest.NewId(), options);
        Began = unfinished?.Began ?? session.Clock.Now;
        _earlier = update.Changes.Note is not { } note ? RecentNotes.Earlier.None(Began)
            : unfinished?.Earlier ?? ledger.Before(update.Id, note, Began);
    }

    public string RequestId => _request.RequestId;

    public string CorrelationId => _request.CorrelationId;

    public DateTimeOffset Began { get; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; private set; }

    /// <exception cref="PartnerCenterException">It failed, or its outcome cannot be known.</exception>
    public async Task<UpdateResult> RunAsync()
    {
        UpdateResult result;
        try
        {
            result = await _session.Retry.RunAsync(AttemptAsync, _options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (_open && error.ErrorId != ErrorIds.OutcomeUnknown)
        {
            // No attempt is left, but one of them may have been the one.
            if (await ReadBackForTheLastTimeAsync().ConfigureAwait(false) is not { } there)
            {
                throw;
            }

            result = there;
        }

        // What was accepted without a readable answer is read now, when nothing is tried again any more.
        result = result.Request is null ? await ReadSuccessAsync().ConfigureAwait(false) : result;
        return result with { Attempts = Sent };
    }

    private async Task<UpdateResult> AttemptAsync()
    {
        if (_open)
        {
            if (await ReadBackAsync(_session.Client.ReadOnceAsync).ConfigureAwait(false) is { } there)
            {
                return there;
            }

            _open = false;
        }

        Sent++;
        ApiResponse response;
        try
        {
            response = await _session.Client.PatchOnceAsync(_request, _options).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (error.OutcomeOpen)
        {
            _open = true;
            throw;
        }

        return new(_update, UpdateOutcome.Succeeded) { Request = ResponseReader.ServiceRequest(response, _update.CustomerId) };
    }

    private async Task<UpdateResult?> ReadBackForTheLastTimeAsync()
    {
        try
        {
            // Nothing tries again around this any more, so that the read may.
            return await ReadBackAsync(_session.Client.ReadAsync).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (CallErrors.IsTransient(error))
        {
            throw Unread(error);
        }
    }

    /// <returns>The success, if the change is there; null if it certainly is not.</returns>
    /// <exception cref="PartnerCenterException">It cannot be told: not now, when the error may pass, or not at all.</exception>
    private async Task<UpdateResult?> ReadBackAsync(Func<string, string?, CallOptions, string, Task<ServiceRequestAnswer>> read)
    {
        _options.Observer.Verbose(Messages.VerboseReadBack.With(_update.Id));
        ServiceRequestAnswer answer;
        try
        {
            answer = await read(_update.Id, _update.CustomerId, _options, CorrelationId).ConfigureAwait(false);
        }
        catch (PartnerCenterException error) when (!CallErrors.IsTransient(error))
        {
            throw Unread(error);
        }

        return OutcomeDecision.Decide(_update.Changes, answer.Request, answer.Response.Date, answer.Response.ReceivedAt, Began, _earlier) switch
        {
            OutcomeDecision.Verdict.Applied => Succeeded(answer.Request),
            OutcomeDecision.Verdict.NotApplied => null,
            _ => throw Unknown(Messages.OutcomeUnknown.With(_update.Id), null),
        };
    }

    /// <summary>The request after a success whose answer has no body, or none that can be read.</summary>
    private async Task<UpdateResult> ReadSuccessAsync()
    {
        try
        {
            return Succeeded(await _session.Client.GetAsync(_update.Id, _update.CustomerId, _options, CorrelationId).ConfigureAwait(false));
        }
        catch (PartnerCenterException error)
        {
            return new(_update, UpdateOutcome.Succeeded) { Error = error };
        }
    }

    private UpdateResult Succeeded(ServiceRequest request) => new(_update, UpdateOutcome.Succeeded) { Request = request };

    private PartnerCenterException Unread(PartnerCenterException error) =>
        Unknown(Messages.OutcomeUnknownUnread.With(_update.Id, error.Message), error);

    private PartnerCenterException Unknown(string message, PartnerCenterException? cause) => new(ErrorIds.OutcomeUnknown, message, cause)
    {
        StatusCode = cause?.StatusCode,
        ServiceErrorCode = cause?.ServiceErrorCode,
        ServiceMessage = cause?.ServiceMessage,
        RequestId = RequestId,
        CorrelationId = CorrelationId,
        RecommendedAction = Messages.OutcomeUnknownAction,
    };
}
