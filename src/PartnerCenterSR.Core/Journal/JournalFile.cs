using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>The journal of a run: every intent is on the disk before its update is sent, and what earlier runs did is known.</summary>
internal sealed class JournalFile : IDisposable
{
    // One process may reach one file by two hard links, which no lock of a process tells apart.
    private static readonly HashSet<string> OpenJournals = new(StringComparer.Ordinal);

    private readonly IJournalStore _store;
    private readonly JournalWriter _writer;
    private readonly string _id;
    private readonly JournalHistory _history;

    // Of identical updates, those behind the first that the journal has.
    private readonly HashSet<JournalKey> _repeated = [];

    private JournalFile(IJournalStore store, JournalState state, string id, Clock clock)
    {
        _store = store;
        _writer = new(store, clock);
        _id = id;
        _history = new(state);

        _repeated.UnionWith(state.Records.Select(record => record.Key).Where(key => key.Occurrence > 1));
    }

    /// <summary>Its name, to be shown.</summary>
    public string Name => _store.Name;

    /// <summary>The notes that earlier runs put there; this run adds its own.</summary>
    public KnownNotes Notes => _history.Notes;

    /// <summary>The updates of earlier runs whose outcome is open and that the input has not named.</summary>
    public IReadOnlyList<JournalRecord> LeftOpen => _history.LeftOpen;

    /// <exception cref="PartnerCenterException">Another run has it, it is damaged, or it is another connection's.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    public static JournalFile Open(string path, JournalBinding binding, Clock clock) => Open(JournalFileStore.Open(path), binding, clock);

    /// <summary>The journal in a store, which it disposes of.</summary>
    public static JournalFile Open(IJournalStore store, JournalBinding binding, Clock clock)
    {
        string? id = null;
        try
        {
            JournalState state = JournalReader.Read(store.Open(), store.Name, out long whole);
            if (state.Binding is { } bound && !bound.Allows(binding))
            {
                throw new PartnerCenterException(ErrorIds.InvalidJournal, Messages.JournalOfAnother.With(store.Name, bound, binding)) { RecommendedAction = Messages.JournalOfAnotherAction };
            }

            id = state.Id ?? Guid.NewGuid().ToString("N");
            TakeOrThrow(id, store.Name);
            store.Truncate(whole);
            JournalFile journal = new(store, state, id, clock);
            if (state.Binding is null || state.Version < JournalLine.CurrentVersion)
            {
                journal._writer.Post(new JournalLine
                {
                    Type = JournalLine.Header,
                    Version = JournalLine.CurrentVersion,
                    JournalId = id,
                    Endpoint = binding.Endpoint,
                    Tenant = binding.Tenant,
                    Account = binding.Account,
                }.ToBytes());
            }

            return journal;
        }
        catch (Exception error)
        {
            if (id is not null && error is not PartnerCenterException { ErrorId: ErrorIds.JournalInUse })
            {
                Give(id);
            }

            store.Dispose();
            throw;
        }
    }

    /// <summary>What is known of the next update of the input. To be called in input order.</summary>
    public JournalClaim Claim(ServiceRequestUpdate update) => _history.Claim(update);

    /// <summary>Ends when the intent is on the disk.</summary>
    /// <param name="claim">What was claimed for the update.</param>
    /// <param name="update">The update.</param>
    /// <param name="sent">What of it is sent: the request may have the rest already.</param>
    /// <param name="requestId">Its MS-RequestId, which it keeps.</param>
    /// <param name="correlationId">Its MS-CorrelationId.</param>
    /// <param name="time">The time at which it begins, by this machine's clock.</param>
    /// <param name="serviceTime">The same by the service's clock. Null: that is not known.</param>
    /// <param name="isRest">Whether the rest of it has landed, so that it must never be sent whole again.</param>
    public Task BeginAsync(
        JournalClaim claim, ServiceRequestUpdate update, ServiceRequestChanges sent, string requestId, string correlationId, DateTimeOffset time, DateTimeOffset? serviceTime, bool isRest = false)
    {
        Remember(claim.Key);
        JournalLine intent = Intent(claim, update, requestId, correlationId, time) with
        {
            Sent = sent == update.Changes ? null : string.Join(",", sent.Texts.Keys),
            ServiceTime = serviceTime,
            IsRest = isRest,
        };
        return _writer.WriteAsync(intent.ToBytes());
    }

    /// <summary>
    /// Writes that an update has not left. Of identical ones only, and not of the first: an input that is reduced to it would find the
    /// others done, and its own place unknown. Any other that is not in the journal is sent anyhow.
    /// </summary>
    public void Leave(JournalClaim claim, ServiceRequestUpdate update, PartnerCenterException reason, DateTimeOffset time)
    {
        if (Remember(claim.Key))
        {
            string nobody = Guid.NewGuid().ToString();

            // As one: an intent alone would be one whose end nobody knows.
            _writer.Post([.. Intent(claim, update, nobody, nobody, time).ToBytes(), (byte)'\n', .. Outcome(claim, UpdateOutcome.Failed, reason, 0, nobody, time, null).ToBytes()]);
        }
    }

    /// <summary>Writes the outcome. It reaches the disk with the next group, and always before a later update of the same request is sent.</summary>
    /// <param name="claim">What was claimed for the update.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="error">Why. Null: it succeeded.</param>
    /// <param name="attempts">How often it was sent.</param>
    /// <param name="correlationId">Its MS-CorrelationId.</param>
    /// <param name="time">The time at which it ended, by this machine's clock.</param>
    /// <param name="serviceTime">When it was certainly there, by the service's clock. Null: that is not known.</param>
    public void End(
        JournalClaim claim, UpdateOutcome outcome, PartnerCenterException? error, int attempts, string correlationId, DateTimeOffset time, DateTimeOffset? serviceTime) =>
        _writer.Post(Outcome(claim, outcome, error, attempts, correlationId, time, serviceTime).ToBytes());

    /// <summary>Why it lacks what was written last. Null: it does not.</summary>
    public PartnerCenterException? Failure => _writer.Failure;

    public void Dispose() => Close(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), CancellationToken.None);

    /// <summary>Brings what is left to the disk, and lets the journal go. A disk that hangs holds nobody: then it is let go when the disk answers.</summary>
    /// <param name="longest">How long to wait for it.</param>
    /// <param name="atStop">The same from when somebody stops.</param>
    /// <param name="stop">Cancelled when somebody does.</param>
    public void Close(TimeSpan longest, TimeSpan atStop, CancellationToken stop)
    {
        Task letting = Task.Factory.StartNew(LetGo, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            letting.Wait((int)longest.TotalMilliseconds, stop);
        }
        catch (OperationCanceledException)
        {
            letting.Wait((int)atStop.TotalMilliseconds, CancellationToken.None);
        }

        if (!letting.IsCompleted)
        {
            _writer.Fail(new TimeoutException());
        }
    }

    private void LetGo()
    {
        _writer.Finish();
        try
        {
            _store.Dispose();
        }
        catch (Exception error)
        {
            _writer.Fail(error);
        }
        finally
        {
            Give(_id);
        }
    }

    private bool Remember(JournalKey key)
    {
        lock (_repeated)
        {
            return key.Occurrence > 1 && _repeated.Add(key);
        }
    }

    private static JournalLine Outcome(JournalClaim claim, UpdateOutcome outcome, PartnerCenterException? error, int attempts, string correlationId, DateTimeOffset time, DateTimeOffset? serviceTime) => new()
    {
        Type = JournalLine.End,
        Key = claim.Key.ToString(),
        Outcome = outcome,
        ErrorId = error?.ErrorId,
        Error = error?.Message,
        Attempts = attempts,
        CorrelationId = correlationId,
        Time = time,
        ServiceTime = serviceTime,
    };

    private static JournalLine Intent(JournalClaim claim, ServiceRequestUpdate update, string requestId, string correlationId, DateTimeOffset time) => new()
    {
        Type = JournalLine.Intent,
        Key = claim.Key.ToString(),
        Row = update.Row,
        Id = update.Id,
        CustomerId = update.CustomerId,
        Changes = update.Changes,
        RequestId = requestId,
        CorrelationId = correlationId,
        Time = time,
    };

    private static void TakeOrThrow(string id, string name)
    {
        lock (OpenJournals)
        {
            if (!OpenJournals.Add(id))
            {
                throw new PartnerCenterException(ErrorIds.JournalInUse, Messages.JournalInUse.With(name)) { RecommendedAction = Messages.JournalInUseAction };
            }
        }
    }

    private static void Give(string id)
    {
        lock (OpenJournals)
        {
            OpenJournals.Remove(id);
        }
    }
}
