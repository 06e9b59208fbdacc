using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What is written down and told when an update leaves, and what when it was refused.</summary>
internal sealed partial class UpdateLoop
{
    /// <summary>On a disk that takes longer for an intent than it may be old, one is never new enough.</summary>
    private const int MostRewrites = 3;

    private int _rewritten;

    /// <summary>"In progress", said of an id that went out before: of what became of that one nothing is known.</summary>
    private bool IsOfAnEarlierAttempt(PartnerCenterException error) => _wasOpen && error.StatusCode == 409;

    /// <summary>Nothing of this attempt is there.</summary>
    private void Refuse()
    {
        _isUnderWay = false;
        if (_wasOpen)
        {
            _reading.Times.Renew();
        }
        else
        {
            _reading.Times.Refuse();
        }

        if (_ask.Changes.Note is not null)
        {
            _reading.Own.Withdraw();
        }
    }

    /// <summary>Where it has waited, its intent is written anew: who resumes must not take for its own what came meanwhile.</summary>
    private Task? Prepare(Func<UpdateLoop, Task>? journal)
    {
        if (_wasOpen || journal is null || _clock.Now - _journalledAt <= ServiceClock.Skew || _rewritten >= MostRewrites)
        {
            return null;
        }

        _rewritten++;
        _journalledAt = _clock.Now;
        return WriteAsync();

        async Task WriteAsync()
        {
            try
            {
                await journal(this).ConfigureAwait(false);
                _rewritten = _clock.Now - _journalledAt > ServiceClock.Skew ? _rewritten : 0;
            }
            catch (PartnerCenterException error)
            {
                // Not the call's: it has not been made.
                _unwritten = error;
                throw;
            }
        }
    }

    /// <summary>It leaves: whatever was waited for before that, the service knows nothing of it yet, and its time begins now.</summary>
    private void SetOut(int attempt)
    {
        _reading.Times.Leave();
        _isUnderWay = true;
        _rewritten = 0;
        HasSentNote |= _ask.Changes.Note is not null;
        Sent = attempt;
        if (_ask.Changes.Note is not null)
        {
            _reading.Own.SetOut(RequestId, FirstSentAt, _session.Settings.AttemptTimeout);
        }
    }

    /// <summary>No call is made of which the journal does not have the id: whoever goes on with it uses the same.</summary>
    private async Task JournalAsync(Func<UpdateLoop, Task>? journal)
    {
        // Where the run has ended, or is stopped, nothing is begun.
        _run.Options.Waiting.ThrowIfCancellationRequested();
        if (journal is not null && _journalled != (_journalled = RequestId))
        {
            _journalledAt = _clock.Now;
            await journal(this).ConfigureAwait(false);
        }
    }
}
