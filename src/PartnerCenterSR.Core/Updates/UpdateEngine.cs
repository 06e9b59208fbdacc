using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Takes updates and gives their results in input order: several at once, those of one request one after another.</summary>
internal sealed class UpdateEngine : IDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(700);

    private readonly PartnerSession _session;
    private readonly CallOptions _options;
    private readonly JournalFile? _journal;
    private readonly CancellationTokenSource _cancel;
    private readonly RecentNotes _recentNotes;
    private readonly OrderedDispatcher<Item, UpdateResult> _runner;
    private PartnerCenterException? _ended;

    /// <param name="session">The connection.</param>
    /// <param name="maximumConcurrency">How many updates may be under way at once.</param>
    /// <param name="journal">Where to keep intents and outcomes; disposed with the engine. Null: nowhere.</param>
    /// <param name="options">The command's.</param>
    /// <param name="changed">Called from any thread when a result has come.</param>
    public UpdateEngine(PartnerSession session, int maximumConcurrency, JournalFile? journal, CallOptions options, Action changed)
    {
        _session = session;
        _journal = journal;
        _recentNotes = journal?.Notes ?? session.Notes;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        _options = options with { Cancellation = _cancel.Token };
        _runner = new(maximumConcurrency, item => item.Refusal is null ? item.Update.Id : null, RunAsync, changed);
    }

    public int Outstanding => _runner.Outstanding;

    /// <summary>Whether it holds as many updates as it may: take results first.</summary>
    public bool IsFull => _runner.IsFull;

    public void Post(ServiceRequestUpdate update) => _runner.Post(new(update, _journal?.Claim(update), null));

    /// <summary>Takes in what cannot be sent, so that its error comes in its turn.</summary>
    public void Refuse(ServiceRequestUpdate update, PartnerCenterException error) => _runner.Post(new(update, null, error));

    /// <summary>Takes the next result in input order, if it is there.</summary>
    public bool TryTake(out UpdateResult result) => _runner.TryTake(out result);

    /// <summary>Sends nothing new, lets go of what is under way, and brings the journal to the disk.</summary>
    public void Dispose()
    {
        _runner.Abandon();
        _cancel.Cancel();
        _runner.WhenIdle().Wait(ShutdownTimeout);
        _journal?.Dispose();
        _cancel.Dispose();
    }

    private async Task<UpdateResult> RunAsync(Item item)
    {
        (ServiceRequestUpdate update, JournalClaim? claim, PartnerCenterException? refusal) = item;
        if (refusal is not null)
        {
            return new(update, UpdateOutcome.Failed) { Error = refusal, WasRefused = true };
        }

        if (claim?.IsDone == true)
        {
            return new(update, UpdateOutcome.Succeeded) { WasSkipped = true };
        }

        if (Volatile.Read(ref _ended) is { } ended)
        {
            return NotSent(update, ended);
        }

        // What has not begun when the command is stopped is not begun, not even in the journal.
        _options.Cancellation.ThrowIfCancellationRequested();
        UpdateAttempts attempts = new(_session, update, _recentNotes, claim?.Unfinished, _options);
        try
        {
            if (claim is { Unfinished: null })
            {
                await _journal!.BeginAsync(claim, update, attempts.RequestId, attempts.CorrelationId, attempts.Began).ConfigureAwait(false);
            }

            UpdateResult result = await attempts.RunAsync().ConfigureAwait(false);
            return Close(update, claim, attempts, result);
        }
        catch (PartnerCenterException error)
        {
            if (error.ErrorId is ErrorIds.Unauthenticated or ErrorIds.SignInFailed or ErrorIds.TokenExpired or ErrorIds.InvalidJournal)
            {
                Volatile.Write(ref _ended, error);
            }

            UpdateOutcome outcome = error.ErrorId == ErrorIds.OutcomeUnknown ? UpdateOutcome.Unknown : UpdateOutcome.Failed;
            return Close(update, claim, attempts, new(update, outcome) { Error = error, Attempts = attempts.Sent });
        }
        catch (OperationCanceledException)
        {
            Close(update, claim, attempts, new(update, UpdateOutcome.Unknown) { Attempts = attempts.Sent });
            throw;
        }
    }

    private UpdateResult Close(ServiceRequestUpdate update, JournalClaim? claim, UpdateAttempts attempts, UpdateResult result)
    {
        if (update.Changes.Note is { } note && result.Outcome != UpdateOutcome.Failed)
        {
            _recentNotes.Record(update.Id, note, attempts.Began, _session.Clock.Now, result.Outcome == UpdateOutcome.Succeeded);
        }

        if (claim is not null)
        {
            _journal!.End(claim, result.Outcome, result.Error, attempts.Sent, attempts.CorrelationId, _session.Clock.Now);
        }

        if (result.Request is { } request)
        {
            _session.Recent.Add(request);
        }

        return result;
    }

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

    private sealed record Item(ServiceRequestUpdate Update, JournalClaim? Claim, PartnerCenterException? Refusal);
}
