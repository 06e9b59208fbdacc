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
    private readonly Dictionary<Guid, List<JournalRecord>> _earlier;
    private readonly Dictionary<Guid, int> _occurrences;
    private readonly Dictionary<string, long> _lastDone = new(StringComparer.OrdinalIgnoreCase);

    // Of identical updates, those behind the first that the journal has.
    private readonly HashSet<JournalKey> _repeated = [];

    private JournalFile(IJournalStore store, JournalState state, string id, Clock clock)
    {
        _store = store;
        _writer = new(store, clock);
        _id = id;

        // What is unfinished or failed is claimed before what is done: a reduced input finishes what it names.
        _earlier = state.Records.GroupBy(record => record.Key.Hash)
            .ToDictionary(group => group.Key, group => group.OrderBy(record => record.Outcome == UpdateOutcome.Unknown ? 0 : record.Outcome == UpdateOutcome.Failed ? 1 : 2).ThenBy(record => record.Key.Occurrence).ToList());
        _occurrences = state.Records.GroupBy(record => record.Key.Hash).ToDictionary(group => group.Key, group => group.Max(record => record.Key.Occurrence));
        _repeated.UnionWith(state.Records.Select(record => record.Key).Where(key => key.Occurrence > 1));
        foreach (JournalRecord record in state.Records.Where(record => record.Outcome != UpdateOutcome.Failed))
        {
            // What may be there counts as there: nothing older is put on top of it.
            _lastDone[record.Intent.Id!] = Math.Max(record.Sequence, _lastDone.TryGetValue(record.Intent.Id!, out long before) ? before : 0);
            if (record is { Outcome: UpdateOutcome.Succeeded, Intent.Changes.Note: { } note })
            {
                Notes.Add(record.Intent.Id!, new(NoteText.Hash(note), record.Intent.ServiceTime, record.End?.ServiceTime, IsConfirmed: true, record.Intent.RequestId), null);
            }
        }
    }

    /// <summary>The notes that earlier runs put there; this run adds its own.</summary>
    public KnownNotes Notes { get; } = new();

    /// <summary>The updates of earlier runs whose outcome is open and that the input has not named.</summary>
    public IReadOnlyList<JournalRecord> LeftOpen =>
        [.. _earlier.Values.SelectMany(records => records).Where(record => record.Outcome == UpdateOutcome.Unknown).OrderBy(record => record.Intent.Row)];

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
    public JournalClaim Claim(ServiceRequestUpdate update)
    {
        Guid hash = JournalKey.HashOf(update.Id, update.Changes);
        if (!_earlier.TryGetValue(hash, out List<JournalRecord>? records) || records.Count == 0)
        {
            int occurrence = (_occurrences.TryGetValue(hash, out int before) ? before : 0) + 1;
            _occurrences[hash] = occurrence;
            return new(new(hash, occurrence));
        }

        // One and the same note may have gone out with other fields: that is another row's.
        int at = records.FindIndex(record => record.Intent.Changes with { Note = null } == update.Changes with { Note = null });
        if (at < 0 && records.Find(record => record.Outcome != UpdateOutcome.Failed) is { } other)
        {
            return new(other.Key) { Refusal = Messages.NotSentOtherChanges.With(update.Id, other.Intent.Changes.Describe(), (other.Intent.Time ?? default).LocalDateTime) };
        }

        JournalRecord record = records[Math.Max(0, at)];
        records.RemoveAt(Math.Max(0, at));
        JournalClaim claim = new(record.Key);
        return record.Outcome is UpdateOutcome.Succeeded or UpdateOutcome.Unchanged ? claim with { DoneAt = record.End!.Time }
            : record.Outcome == UpdateOutcome.Unknown ? claim with { Unfinished = Unfinished(record) }
            : IsTooLate(record) ? claim with { Refusal = Messages.NotSentTooLate.With(update.Id) }
            : claim;
    }

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
            _writer.Post(Intent(claim, update, nobody, nobody, time).ToBytes());
            End(claim, UpdateOutcome.Failed, reason, 0, nobody, time, null);
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
        _writer.Post(new JournalLine
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
        }.ToBytes());

    /// <summary>Why it lacks what was written last. Null: it does not.</summary>
    public PartnerCenterException? Failure => _writer.Failure;

    public void Dispose() => Close(TimeSpan.FromSeconds(1));

    /// <summary>Brings what is left to the disk, and lets the journal go. A disk that hangs holds nobody: then it is let go when the disk answers.</summary>
    /// <param name="longest">How long to wait for it.</param>
    public void Close(TimeSpan longest)
    {
        Thread finishing = new(LetGo) { IsBackground = true, Name = nameof(JournalFile) };
        finishing.Start();
        if (!finishing.Join(longest))
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

    private UnfinishedUpdate Unfinished(JournalRecord record) =>
        new(record.Intent.RequestId!, record.Intent.Time!.Value, record.Intent.ServiceTime, record.Intent.Changes.Only(record.Intent.Sent?.Split(',')))
        {
            IsRest = record.Intent.IsRest,
            NotToBeSent = IsTooLate(record) ? Messages.NotSentTooLate.With(record.Intent.Id!) : null,
        };

    private bool IsTooLate(JournalRecord record) => _lastDone.TryGetValue(record.Intent.Id!, out long done) && done > record.Sequence;

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
