using System.Collections.Generic;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What is asked of the service for one update, and the call that asks it.</summary>
internal sealed class UpdateAsk
{
    private readonly UpdateRunContext _run;
    private readonly ServiceRequestUpdate _update;
    private readonly WireForm _form;
    private IReadOnlyCollection<string> _asNumbers;
    private PartnerCenterException? _unreadable;
    private bool _isSent;

    /// <param name="run">What the updates of the run share.</param>
    /// <param name="update">The update.</param>
    /// <param name="unfinished">How far an earlier run got with it. Null: it is new.</param>
    public UpdateAsk(UpdateRunContext run, ServiceRequestUpdate update, UnfinishedUpdate? unfinished)
    {
        (_run, _update, _form) = (run, update, run.Session.Client.Form);
        Changes = unfinished?.Sent ?? update.Changes;
        _asNumbers = _form.Of(Changes);
        Request = Patch(unfinished?.RequestId ?? ApiRequest.NewId());
    }

    public ServiceRequestChanges Changes { get; private set; }

    public ApiRequest Request { get; private set; }

    /// <summary>The call, which stays as it is from now on: another that went first may have shown meanwhile how this service reads.</summary>
    public ApiRequest Sending()
    {
        if (!_isSent)
        {
            _isSent = true;
            _asNumbers = _form.Of(Changes);
            Request = Patch(Request.RequestId) with { CorrelationId = Request.CorrelationId };
        }

        return Request;
    }

    /// <summary>Asks for less from now on, by another call. Where it is not less, all stays as it is.</summary>
    public void Reduce(ServiceRequestChanges changes)
    {
        if (changes == Changes)
        {
            return;
        }

        Changes = changes;
        _isSent = false;
        Ask(_form.Of(changes));
    }

    /// <summary>Where the service could not read a state as a word, and so did nothing, asks once by number; or the other way round.</summary>
    /// <returns>False: that is not the reason, or was tried.</returns>
    public bool Turn(PartnerCenterException refusal)
    {
        if (_unreadable is not null || _form.OtherThan(_asNumbers, Changes, refusal) is not { } other)
        {
            return false;
        }

        _unreadable = refusal;
        Ask(other);
        return true;
    }

    /// <summary>The service has taken it.</summary>
    public void Accepted() => _form.Accept(Changes, _asNumbers);

    /// <summary>The refusal to tell: where both forms were refused, the first.</summary>
    public PartnerCenterException Refusal(PartnerCenterException last) => WireForm.IsUnreadable(last) ? _unreadable ?? last : last;

    private void Ask(IReadOnlyCollection<string> asNumbers)
    {
        _asNumbers = asNumbers;
        Request = Patch(ApiRequest.NewId()) with { CorrelationId = Request.CorrelationId };
    }

    private ApiRequest Patch(string requestId) => _run.Session.Client.Patch(_update with { Changes = Changes }, requestId, _asNumbers, _run.Options);
}
