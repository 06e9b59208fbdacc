using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// One update from its first attempt to its outcome. It is sent again only where it certainly has not taken effect. While it waits
/// it gives its place to others.
/// </summary>
internal sealed partial class UpdateLoop
{
    private readonly UpdateRunContext _run;
    private readonly PartnerSession _session;
    private readonly ServiceRequestUpdate _update;
    private readonly UpdateCalls _calls;
    private readonly UpdateReading _reading;
    private readonly Clock _clock;
    private readonly UnfinishedUpdate? _unfinished;
    private readonly UpdateAsk _ask;
    private string? _journalled;
    private DateTimeOffset _journalledAt;
    private bool _isUnderWay;
    private RequestOrder.Turn? _noteTurn;

    // What was open once is never dated anew: its effect may be older.
    private bool _wasOpen;
    private PartnerCenterException? _unwritten;

    /// <param name="run">What the updates of the run share.</param>
    /// <param name="update">The update.</param>
    /// <param name="unfinished">How far an earlier run got with it. Null: it is new.</param>
    public UpdateLoop(UpdateRunContext run, ServiceRequestUpdate update, UnfinishedUpdate? unfinished)
    {
        _run = run;
        _session = run.Session;
        _update = update;
        _clock = _session.Clock;
        _calls = new(run, update.Row);
        _ask = new(run, update, unfinished);
        _reading = new(run, update, unfinished) { CorrelationId = _ask.Request.CorrelationId };
        _unfinished = unfinished;
        _journalled = unfinished?.RequestId;
        IsOpen = _wasOpen = unfinished is not null;
        IsHalf = unfinished?.IsRest == true;
        HasSentNote = IsOpen && (IsHalf ? update : update with { Changes = _ask.Changes }).Changes.Note is not null;
    }

    public string RequestId => _ask.Request.RequestId;

    public string CorrelationId => _ask.Request.CorrelationId;

    /// <summary>When it was first sent, by the service's clock. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt => _reading.Times.FirstSentAt;

    /// <summary>Whether it may have taken effect, and nobody has found out yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether it, or a part of it, may be there, and nobody has found out.</summary>
    public bool MayBeThere => _isUnderWay || IsOpen || IsHalf;

    /// <summary>Whether the journal has its intent.</summary>
    public bool HasIntent => _journalled is not null;

    /// <summary>Whether its note was sent, by this run or an earlier one.</summary>
    public bool HasSentNote { get; private set; }

    /// <summary>Whether its note is there.</summary>
    public bool IsNoteThere => IsHalf && Asked.Note is null;

    /// <summary>Whether its note is there, or nobody has found out.</summary>
    public bool MayNoteBeThere => _isUnderWay || IsOpen || IsNoteThere;

    /// <summary>What is to be sent: all that was asked for, less what the request has already.</summary>
    public ServiceRequestChanges Asked => _ask.Changes;

    /// <summary>Whether a part of it has landed, and only the rest is to be sent.</summary>
    public bool IsHalf { get; private set; }

    /// <summary>What a failure is to be told as where it, or a part of it, may be there: that nobody knows.</summary>
    public PartnerCenterException Unknown(PartnerCenterException error) => error.ErrorId == ErrorIds.OutcomeUnknown ? error
        : _reading.Unknown(IsHalf ? Messages.HalfApplied.With(_update.Id, _ask.Changes.Describe(), error.Message) : Messages.OutcomeUnknownUnread.With(_update.Id, error.Message), error);

    /// <summary>What others are told of its note.</summary>
    public OwnNote Own => _reading.Own;

    /// <summary>How often it was sent.</summary>
    public int Sent { get; private set; }

    /// <param name="journal">Called before it is sent for the first time. Null: nothing is.</param>
    /// <exception cref="PartnerCenterException">It failed, or its outcome cannot be known.</exception>
    public async Task<UpdateResult> RunAsync(Func<UpdateLoop, Task>? journal)
    {
        try
        {
            await _calls.Place.TakeAsync().ConfigureAwait(false);
            await _calls.PassAsync().ConfigureAwait(false);
            await AwaitNoteTurnAsync().ConfigureAwait(false);
            UpdateResult? unchanged = _run.Wishes.SkipUnchanged && !IsOpen ? await LeaveOutAsync().ConfigureAwait(false) : null;
            if (journal is not null && !IsOpen)
            {
                await LearnTimeAsync().ConfigureAwait(false);
                await JournalAsync(journal).ConfigureAwait(false);
            }

            UpdateResult? done = unchanged is null && IsOpen ? await ResumeAsync().ConfigureAwait(false) : unchanged;
            UpdateResult result = done ?? await SendAsync(journal).ConfigureAwait(false);
            return result with { Attempts = Sent };
        }
        catch (PartnerCenterException error)
        {
            _run.Failing(error);
            throw;
        }
        finally
        {
            _calls.Place.Leave();
            if (_noteTurn is not null)
            {
                _session.NoteOrder.End(_noteTurn, null);
            }
        }
    }

    private async Task<UpdateResult> SendAsync(Func<UpdateLoop, Task>? journal)
    {
        while (true)
        {
            await _calls.PassAsync().ConfigureAwait(false);
            await JournalAsync(journal).ConfigureAwait(false);
            _calls.Budget.Send();
            int before = Sent;
            (ApiResponse? accepted, PartnerCenterException? error) = await _calls.SendAsync(
                _ask.Sending(), _run.Options with { Preparing = () => Prepare(journal), SettingOut = () => SetOut(before + 1), Refused = Refuse }).ConfigureAwait(false);
            if (_unwritten is not null)
            {
                throw _unwritten;
            }

            if (accepted is not null)
            {
                _ask.Accepted();
                return await _reading.AcceptAsync(accepted, _ask.Changes, () => _calls.MayReadAgainAsync(_reading.LastError)).ConfigureAwait(false);
            }

            // What did not leave is not there, whatever went wrong.
            bool hasLeft = _isUnderWay;
            _isUnderWay = false;
            if ((error!.OutcomeOpen && hasLeft) || IsOfAnEarlierAttempt(error))
            {
                IsOpen = _wasOpen = true;
                _reading.Times.Lose();
                if (_ask.Changes.Note is not null)
                {
                    _reading.Own.Tell(RequestId, FirstSentAt, null, isConfirmed: false);
                }

                if (await SettleAsync(error).ConfigureAwait(false) is { } there)
                {
                    return there;
                }
            }
            else
            {
                Refuse();
            }

            if (_ask.Turn(error))
            {
                _calls.Budget.SendAnew();
                continue;
            }

            if (RetryPolicy.IsTooLong(error) || UpdateResult.EndsRun(error))
            {
                // Before it waits for anything: it ends the run.
                throw _ask.Refusal(error);
            }

            if (_calls.Budget.IsUsedUp)
            {
                _run.Breaker.Suspect();
            }

            await _calls.PassAsync().ConfigureAwait(false);
            if (_calls.Budget.IsUsedUp || !_run.Breaker.MayPass(error))
            {
                throw _ask.Refusal(error);
            }

            await _calls.PauseAsync(error).ConfigureAwait(false);
        }
    }
}
