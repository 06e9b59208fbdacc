using System;
using System.Collections.Generic;
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
    private readonly CertaintyRules _rules;
    private readonly Places _places;
    private readonly OrderedDispatcher<Item, UpdateResult> _dispatcher;
    private readonly object _lock = new();
    private readonly Dictionary<string, Item> _last = new(StringComparer.OrdinalIgnoreCase);
    private PartnerCenterException? _ended;

    /// <param name="session">The connection.</param>
    /// <param name="maximumConcurrency">How many updates may be under way at once.</param>
    /// <param name="journal">Where to keep intents and outcomes; disposed with the engine. Null: nowhere.</param>
    /// <param name="options">The command's.</param>
    /// <param name="changed">Called from any thread when a result has come.</param>
    /// <param name="rules">The rules of evidence.</param>
    public UpdateEngine(
        PartnerSession session, int maximumConcurrency, JournalFile? journal, CallOptions options, Action changed, CertaintyRules rules = CertaintyRules.All)
    {
        _session = session;
        _journal = journal;
        _known = journal?.Notes ?? session.Notes;
        _rules = rules;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        _options = options with { Cancellation = _cancel.Token };
        _places = new(maximumConcurrency, session.Clock);
        _dispatcher = new(Math.Max(64, maximumConcurrency * 8), RunAsync, changed, session.Clock);
    }

    public int Outstanding => _dispatcher.Outstanding;

    /// <summary>Whether it holds as many updates as it may: take results first.</summary>
    public bool IsFull => _dispatcher.IsFull;

    public void Post(ServiceRequestUpdate update)
    {
        Item item = new(update, _journal?.Claim(update), null, _session.Clock.NewSignal());
        lock (_lock)
        {
            item.Before = _last.TryGetValue(update.Id, out Item? before) ? before : null;

            // What is done already, or is not to be sent at all, neither waits nor is waited for.
            if (item.Claim is not ({ IsDone: true } or { Refusal: not null }))
            {
                _last[update.Id] = item;
            }
        }

        _dispatcher.Post(item);
    }

    /// <summary>Takes in what cannot be sent, so that its error comes in its turn.</summary>
    public void Refuse(ServiceRequestUpdate update, PartnerCenterException error) => _dispatcher.Post(new(update, null, error, _session.Clock.NewSignal()));

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
        try
        {
            return item.Result = await DecideAsync(item).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (_last.TryGetValue(item.Update.Id, out Item? last) && ReferenceEquals(last, item))
                {
                    _last.Remove(item.Update.Id);
                }
            }

            // Whoever waits behind it needs its own result only, not those before it.
            item.Before = null;
            _session.Clock.Complete(item.Ended);
        }
    }

    private async Task<UpdateResult> DecideAsync(Item item)
    {
        (ServiceRequestUpdate update, JournalClaim? claim, PartnerCenterException? refusal, _) = item;
        _options.Cancellation.ThrowIfCancellationRequested();
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

        if (item.Before is { } before && Has(CertaintyRules.Order))
        {
            await before.Ended.Task.ConfigureAwait(false);
            _options.Cancellation.ThrowIfCancellationRequested();
            if (IsInTheWay(before.Result))
            {
                return NotSent(update, Messages.NotSentBehind.With(update.Id, before.Update.Location ?? Messages.Row.With(before.Update.Row)));
            }
        }

        return Volatile.Read(ref _ended) is { } ended ? NotSent(update, ended) : await RunAsync(update, claim).ConfigureAwait(false);
    }

    private async Task<UpdateResult> RunAsync(ServiceRequestUpdate update, JournalClaim? claim)
    {
        // What has not begun when the command is stopped is not begun, not even in the journal.
        _options.Cancellation.ThrowIfCancellationRequested();
        UpdateLoop loop = new(_session, update, claim?.Unfinished, _known, _places, _options, _rules);
        try
        {
            return Close(loop, claim, await loop.RunAsync(claim is null ? null : begun => BeginAsync(claim, update, begun)).ConfigureAwait(false));
        }
        catch (PartnerCenterException error)
        {
            if (error.ErrorId is ErrorIds.Unauthenticated or ErrorIds.SignInFailed or ErrorIds.TokenExpired or ErrorIds.InvalidJournal)
            {
                Volatile.Write(ref _ended, error);
            }

            UpdateOutcome outcome = error.ErrorId == ErrorIds.OutcomeUnknown ? UpdateOutcome.Unknown : UpdateOutcome.Failed;
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
    }

    private Task BeginAsync(JournalClaim claim, ServiceRequestUpdate update, UpdateLoop loop) =>
        Volatile.Read(ref _ended) is { } ended
            ? throw NotSent(update, ended).Error!
            : _journal!.BeginAsync(claim, update, loop.RequestId, loop.CorrelationId, _session.Clock.WallNow, loop.SentAt);

    private UpdateResult Close(UpdateLoop loop, JournalClaim? claim, UpdateResult result)
    {
        ServiceRequestUpdate update = result.Update;
        if (update.Changes.Note is { } note && result.Outcome != UpdateOutcome.Failed)
        {
            _known.Add(update.Id, new(NoteText.Hash(note), loop.SentAt, result.Outcome == UpdateOutcome.Succeeded), _session.Clock.Now);
        }

        if (claim is not null && result.Error?.ErrorId != ErrorIds.InvalidJournal)
        {
            _journal!.End(claim, result.Outcome, result.Error, loop.Sent, loop.CorrelationId, _session.Clock.WallNow);
        }

        if (result.Request is { } request)
        {
            _session.Recent.Add(request);
        }

        return result;
    }

    private bool Has(CertaintyRules rule) => (_rules & rule) != 0;

    /// <summary>Whether what stands behind it on the same request must not be sent: it may yet come, or would come too late.</summary>
    private static bool IsInTheWay(UpdateResult? before) => before is not { Outcome: UpdateOutcome.Succeeded }
        && !(before is { Outcome: UpdateOutcome.Failed, Error: { } error } && error.ErrorId != ErrorIds.NotSent && error.StatusCode is >= 400 and < 500 && !CallErrors.IsTransient(error));

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

    private sealed record Item(ServiceRequestUpdate Update, JournalClaim? Claim, PartnerCenterException? Refusal, TaskCompletionSource<bool> Ended)
    {
        public Item? Before { get; set; }

        /// <summary>Null: it was cancelled, or has not ended.</summary>
        public UpdateResult? Result { get; set; }
    }
}
