using System;
using System.Collections.Generic;
using System.Linq;
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
internal sealed partial class UpdateEngine : IDisposable
{
    /// <summary>What is under way when a run is stopped gets so long to answer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);

    /// <summary>So many are taken in: one that waits long does not hold up those behind it.</summary>
    private const int Capacity = 1024;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>A share may be slow when all is done; who stops wants to go.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestWriteAtStop = TimeSpan.FromSeconds(1);

    /// <summary>Who waits longer for a disk is told why.</summary>
    private static readonly TimeSpan PatientWrite = TimeSpan.FromSeconds(15);

    private readonly PartnerSession _session;
    private readonly CallOptions _options;
    private readonly UpdateRunContext _run;
    private readonly JournalFile? _journal;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _cancel = new();
    private readonly RunEnd _end;
    private int _isDiskTold;
    private readonly RequestOrder _order;
    private readonly OrderedDispatcher<Item, UpdateResult> _dispatcher;

    /// <param name="session">The connection.</param>
    /// <param name="wishes">How the run is to be made.</param>
    /// <param name="journal">Where to keep intents and outcomes; disposed with the engine. Null: nowhere.</param>
    /// <param name="options">The command's.</param>
    /// <param name="changed">Called from any thread when a result has come.</param>
    /// <param name="judge">Who judges what is read back. Null: by all rules.</param>
    public UpdateEngine(PartnerSession session, UpdateWishes wishes, JournalFile? journal, CallOptions options, Action changed, Judge? judge = null)
    {
        (_session, _options) = (session, options);
        _journal = journal;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        CallOptions own = options with { Cancellation = _cancel.Token, Waiting = _stop.Token };
        _end = new(_stop.Token);
        CallOptions untilEnd = own with { Waiting = _end.Waiting };
        ServiceBreaker breaker = new(session, untilEnd, wishes.MaximumConcurrency) { WhenDown = _end.Set };
        _run = new(session, untilEnd, journal?.Notes.With(session.Notes) ?? session.Notes, new(wishes.MaximumConcurrency, session.Clock), breaker, judge ?? Judge.Strict, wishes) { Failing = EndBy };
        _order = new(session.Clock);
        _dispatcher = new(Capacity, RunAsync, changed, session.Clock);
    }

    public int Outstanding => _dispatcher.Outstanding;

    /// <summary>Whether it holds as many updates as it may: take results first.</summary>
    public bool IsFull => _dispatcher.IsFull;

    /// <summary>Why the run has ended before its input. Null: it has not.</summary>
    public PartnerCenterException? Ended => _end.Why;

    /// <summary>What the journal knows of the next update of the input. Null: there is none.</summary>
    public JournalClaim? Claim(ServiceRequestUpdate update) => _journal?.Claim(update);

    public void Post(ServiceRequestUpdate update) => Post(update, Claim(update));

    /// <summary>The same for one that has been claimed already.</summary>
    public void Post(ServiceRequestUpdate update, JournalClaim? claim)
    {
        // What is done already, or is not to be sent at all, neither waits nor is waited for.
        bool isInOrder = claim is not ({ IsDone: true } or { Refusal: not null, IsInTheWay: false }) && _run.Judge.Has(CertaintyRules.Order);
        _dispatcher.Post(new(update, claim, null, isInOrder ? _order.Join(update.Id) : null));
    }

    /// <summary>Takes in what cannot be sent, so that its error comes in its turn.</summary>
    public void Refuse(ServiceRequestUpdate update, PartnerCenterException error) => _dispatcher.Post(new(update, null, error, null));

    /// <summary>Takes the next result in input order, if it is there.</summary>
    public bool TryTake(out UpdateResult result) => _dispatcher.TryTake(out result);

    /// <summary>To be called when it is disposed of: what nobody has taken, also where it did not come to an end.</summary>
    public IEnumerable<UpdateResult> Left() =>
        _dispatcher.Left().Select(left => left.Result ?? new(left.Item.Update, left.Item.Claim?.Unfinished is not null || left.Item.Loop?.MayBeThere == true ? UpdateOutcome.Unknown : UpdateOutcome.Failed) { WasStopped = true });

    /// <summary>Sends nothing new. What is under way may still answer.</summary>
    /// <returns>Ends when nothing is under way any more.</returns>
    public Task StopAsync()
    {
        _stop.Cancel();
        return _dispatcher.WhenIdleAsync();
    }

    /// <summary>Lets go of what is under way.</summary>
    public Task CancelAsync()
    {
        _stop.Cancel();
        _cancel.Cancel();
        return _dispatcher.WhenIdleAsync();
    }

    /// <summary>Stops, and brings the journal to the disk.</summary>
    public void Dispose()
    {
        if (!StopAsync().Wait(Grace))
        {
            CancelAsync().Wait(ShutdownTimeout);
        }

        // Whoever leaves results there wants to go, whether it was stopped or not.
        _journal?.Close(LongestWrite, LongestWriteAtStop, Outstanding > 0 ? new(canceled: true) : _options.Cancellation);
        _end.Dispose();
        _stop.Dispose();
        _cancel.Dispose();
    }

    private async Task<UpdateResult> RunAsync(Item item)
    {
        UpdateResult result;
        try
        {
            result = await DecideAsync(item).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It has not begun in this run.
            result = new(item.Update, item.Claim?.Unfinished is null ? UpdateOutcome.Failed : UpdateOutcome.Unknown) { WasStopped = true };
        }

        if (result.Outcome == UpdateOutcome.Failed && item.Claim is { Unfinished: null, Refusal: null } claim)
        {
            _journal!.Leave(claim, item.Update, Reason(result)!, _session.Clock.WallNow);
        }

        return result;
    }

    private async Task<UpdateResult> DecideAsync(Item item)
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

        if (turn is null)
        {
            return claim is { Refusal: { } reason } ? UpdateResult.NotSent(update, reason) : await RunAsync(item, claim).ConfigureAwait(false);
        }

        bool isInTheWay = true;
        try
        {
            UpdateResult result = await RunInOrderAsync(item, await _order.AwaitAsync(turn).ConfigureAwait(false)).ConfigureAwait(false);
            isInTheWay = result.IsInTheWay;
            return result;
        }
        finally
        {
            _order.End(turn, isInTheWay ? update.Location ?? Messages.Row.With(update.Row) : null);
        }
    }

    private async Task<UpdateResult> RunInOrderAsync(Item item, string? blocker)
    {
        (ServiceRequestUpdate update, JournalClaim? claim, _, _) = item;
        _stop.Token.ThrowIfCancellationRequested();
        if (claim is { Refusal: { } reason })
        {
            return UpdateResult.NotSent(update, reason);
        }

        if (blocker is null)
        {
            return await RunAsync(item, claim).ConfigureAwait(false);
        }

        string waits = Messages.NotSentBehind.With(update.Id, blocker);
        return claim?.Unfinished is { } unfinished

            // It may be there already: it is read back, and not sent again.
            ? await RunAsync(item, claim with { Unfinished = unfinished with { NotToBeSent = waits } }).ConfigureAwait(false)
            : UpdateResult.NotSent(update, waits);
    }

    private async Task<UpdateResult> RunAsync(Item item, JournalClaim? claim)
    {
        // What has not begun when the command is stopped is not begun, not even in the journal.
        _stop.Token.ThrowIfCancellationRequested();
        ServiceRequestUpdate update = item.Update;
        UpdateLoop loop = item.Loop = new(_run, update, claim?.Unfinished);
        try
        {
            return Close(loop, claim, await loop.RunAsync(claim is null ? null : begun => BeginAsync(claim, update, begun)).ConfigureAwait(false));
        }
        catch (PartnerCenterException error)
        {
            return Fail(loop, claim, update, error);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested && _end.Why is not null)
        {
            return Fail(loop, claim, update, UpdateResult.NotSent(update, _end.Why!).Error!);
        }
        catch (OperationCanceledException)
        {
            UpdateResult stopped = new(update, loop.MayBeThere ? UpdateOutcome.Unknown : UpdateOutcome.Failed) { Attempts = loop.Sent, WasStopped = true };
            return Close(loop, loop.MayBeThere || loop.HasIntent ? claim : null, stopped);
        }
        catch (Exception error) when (_run.Judge.Has(CertaintyRules.Unforeseen))
        {
            // Nobody foresaw it: one row is told, and the run goes on.
            PartnerCenterException told = new(ErrorIds.OutcomeUnknown, Messages.Unforeseen.With(error.Message), error) { RecommendedAction = Messages.OutcomeUnknownAction };
            return Close(loop, claim, new(update, UpdateOutcome.Unknown) { Error = told, Attempts = loop.Sent });
        }
    }

    private sealed record Item(ServiceRequestUpdate Update, JournalClaim? Claim, PartnerCenterException? Refusal, RequestOrder.Turn? Turn)
    {
        /// <summary>Null: it has not begun.</summary>
        public UpdateLoop? Loop { get; set; }
    }
}
