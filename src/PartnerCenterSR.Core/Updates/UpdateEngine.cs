using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Takes updates and gives their results in input order: several at once, those of one request one after another. Each waits for the
/// one before it on its request, sees how that one ended, and then takes a place.
/// </summary>
internal sealed class UpdateEngine : IDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(700);

    private readonly PartnerSession _session;
    private readonly CallOptions _options;
    private readonly JournalFile? _journal;
    private readonly CancellationTokenSource _cancel;
    private readonly KnownNotes _known;
    private readonly Judge _judge;
    private readonly Places _places;
    private readonly OrderedDispatcher<Item, UpdateResult> _dispatcher;
    private readonly RequestOrder _order;
    private PartnerCenterException? _ended;

    /// <param name="session">The connection.</param>
    /// <param name="maximumConcurrency">How many updates may be under way at once.</param>
    /// <param name="journal">Where to keep intents and outcomes; disposed with the engine. Null: nowhere.</param>
    /// <param name="options">The command's.</param>
    /// <param name="changed">Called from any thread when a result has come.</param>
    /// <param name="judge">Who judges what is read back. Null: by all rules.</param>
    public UpdateEngine(
        PartnerSession session, int maximumConcurrency, JournalFile? journal, CallOptions options, Action changed, Judge? judge = null)
    {
        _session = session;
        _journal = journal;
        _known = journal?.Notes ?? session.Notes;
        _judge = judge ?? Judge.Strict;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        _options = options with { Cancellation = _cancel.Token };
        _order = new(session.Clock);
        _places = new(maximumConcurrency, session.Clock);
        _dispatcher = new(Math.Max(64, maximumConcurrency * 8), RunAsync, changed, session.Clock);
    }

    public int Outstanding => _dispatcher.Outstanding;

    /// <summary>Whether it holds as many updates as it may: take results first.</summary>
    public bool IsFull => _dispatcher.IsFull;

    public void Post(ServiceRequestUpdate update)
    {
        JournalClaim? claim = _journal?.Claim(update);

        // What is done already, or is not to be sent at all, neither waits nor is waited for.
        bool isInOrder = claim is not ({ IsDone: true } or { Refusal: not null }) && _judge.Has(CertaintyRules.Order);
        _dispatcher.Post(new(update, claim, null, isInOrder ? _order.Join(update.Id) : null));
    }

    /// <summary>Takes in what cannot be sent, so that its error comes in its turn.</summary>
    public void Refuse(ServiceRequestUpdate update, PartnerCenterException error) => _dispatcher.Post(new(update, null, error, null));

    /// <summary>Takes the next result in input order, if it is there.</summary>
    public bool TryTake(out UpdateResult result) => _dispatcher.TryTake(out result);

    /// <summary>Sends nothing new, and lets go of what is under way.</summary>
    /// <returns>Ends when nothing is under way any more.</returns>
    public Task StopAsync()
    {
        _cancel.Cancel();
        return _dispatcher.WhenIdleAsync();
    }

    /// <summary>Stops, and brings the journal to the disk.</summary>
    public void Dispose()
    {
        StopAsync().Wait(ShutdownTimeout);
        _journal?.Dispose();
        _cancel.Dispose();
    }

    private async Task<UpdateResult> RunAsync(Item item)
    {
        (ServiceRequestUpdate update, JournalClaim? claim, PartnerCenterException? refusal, RequestOrder.Turn? turn) = item;
        if (refusal is not null)
        {
            return new(update, UpdateOutcome.Failed) { Error = refusal, WasRefused = true };
        }

        if (claim is { IsDone: true })
        {
            return new(update, UpdateOutcome.Succeeded) { SkippedAs = claim.DoneAt };
        }

        if (claim is { Refusal: { } reason })
        {
            return NotSent(update, reason);
        }

        if (turn is null)
        {
            return await RunAsync(update, claim).ConfigureAwait(false);
        }

        bool isInTheWay = true;
        try
        {
            UpdateResult result = await RunInOrderAsync(update, claim, await _order.AwaitAsync(turn).ConfigureAwait(false)).ConfigureAwait(false);
            isInTheWay = IsInTheWay(result);
            return result;
        }
        finally
        {
            _order.End(turn, isInTheWay ? update.Location ?? Messages.Row.With(update.Row) : null);
        }
    }

    private async Task<UpdateResult> RunInOrderAsync(ServiceRequestUpdate update, JournalClaim? claim, string? blocker)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        if (blocker is null)
        {
            return await RunAsync(update, claim).ConfigureAwait(false);
        }

        string waits = Messages.NotSentBehind.With(update.Id, blocker);
        return claim?.Unfinished is { } unfinished

            // It may be there already: it is read back, and not sent again.
            ? await RunAsync(update, claim with { Unfinished = unfinished with { NotToBeSent = waits } }).ConfigureAwait(false)
            : NotSent(update, waits);
    }

    private async Task<UpdateResult> RunAsync(ServiceRequestUpdate update, JournalClaim? claim)
    {
        // What has not begun when the command is stopped is not begun, not even in the journal.
        _options.Cancellation.ThrowIfCancellationRequested();
        UpdateLoop loop = new(_session, update, claim?.Unfinished, _known, _places, _options, _judge);
        try
        {
            return Close(loop, claim, await loop.RunAsync(() => ThrowIfEnded(update), claim is null ? null : begun => BeginAsync(claim, update, begun)).ConfigureAwait(false));
        }
        catch (PartnerCenterException error)
        {
            if (error.ErrorId is ErrorIds.Unauthenticated or ErrorIds.SignInFailed or ErrorIds.TokenExpired or ErrorIds.InvalidJournal)
            {
                Volatile.Write(ref _ended, error);
            }

            // What an earlier run left open stays so until it is read back.
            UpdateOutcome outcome = error.ErrorId == ErrorIds.OutcomeUnknown || loop.IsOpen ? UpdateOutcome.Unknown : UpdateOutcome.Failed;
            return Close(loop, claim, new(update, outcome) { Error = error, Attempts = loop.Sent });
        }
        catch (OperationCanceledException)
        {
            if (loop.Sent > 0 || claim?.Unfinished is not null)
            {
                Close(loop, claim, new(update, UpdateOutcome.Unknown) { Attempts = loop.Sent });
            }

            throw;
        }
        catch (Exception error) when (_judge.Has(CertaintyRules.Unforeseen))
        {
            // Nobody foresaw it: one row is told, and the run goes on.
            PartnerCenterException told = new(ErrorIds.OutcomeUnknown, Messages.Unforeseen.With(error.Message), error) { RecommendedAction = Messages.OutcomeUnknownAction };
            return Close(loop, claim, new(update, UpdateOutcome.Unknown) { Error = told, Attempts = loop.Sent });
        }
    }

    private void ThrowIfEnded(ServiceRequestUpdate update)
    {
        if (Volatile.Read(ref _ended) is { } ended)
        {
            throw NotSent(update, ended).Error!;
        }
    }

    private Task BeginAsync(JournalClaim claim, ServiceRequestUpdate update, UpdateLoop loop)
    {
        ThrowIfEnded(update);
        return _journal!.BeginAsync(claim, update, loop.RequestId, loop.CorrelationId, _session.Clock.WallNow, _session.ServiceClock.At(_session.Clock.Now));
    }

    private UpdateResult Close(UpdateLoop loop, JournalClaim? claim, UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        if (update.Changes.Note is { } note && result.Outcome != UpdateOutcome.Failed)
        {
            _known.Add(update.Id, new(NoteText.Hash(note), loop.FirstSentAt, result.SeenBy, result.Outcome == UpdateOutcome.Succeeded), _session.Clock.Now);
        }

        if (claim is not null && result.Error?.ErrorId != ErrorIds.InvalidJournal)
        {
            _journal!.End(claim, result.Outcome, result.Error, loop.Sent, loop.CorrelationId, _session.Clock.WallNow, result.SeenBy);
        }

        if (result.Request is { } request)
        {
            _session.Recent.Add(request);
        }

        return result;
    }

    /// <summary>Whether what stands behind it on the same request must not be sent: it may yet come, or would come too late.</summary>
    private static bool IsInTheWay(UpdateResult result) => result is not { Outcome: UpdateOutcome.Succeeded }
        && !(result is { Outcome: UpdateOutcome.Failed, Error: { } error } && error.ErrorId != ErrorIds.NotSent && error.StatusCode is >= 400 and < 500 && !CallErrors.IsTransient(error));

    private static UpdateResult NotSent(ServiceRequestUpdate update, string reason) =>
        new(update, UpdateOutcome.Failed) { Error = new(ErrorIds.NotSent, reason) { RecommendedAction = Messages.NotSentAction } };

    private static UpdateResult NotSent(ServiceRequestUpdate update, PartnerCenterException ended) => new(update, UpdateOutcome.Failed)
    {
        Error = new(ended.ErrorId, Messages.NotSentAfterSignInEnded.With(update.Id, ended.Message), ended)
        {
            StatusCode = ended.StatusCode,
            ServiceErrorCode = ended.ServiceErrorCode,
            ServiceMessage = ended.ServiceMessage,
            RecommendedAction = ended.RecommendedAction,
        },
    };

    private sealed record Item(ServiceRequestUpdate Update, JournalClaim? Claim, PartnerCenterException? Refusal, RequestOrder.Turn? Turn);
}
