using System;
using System.Diagnostics;
using System.Management.Automation;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Resources;
using PartnerCenterSR.Threading;

namespace PartnerCenterSR.Output;

/// <summary>The progress of a run, shown at most five times a second. What cannot be shown is left out: no display ends a run.</summary>
internal sealed class UpdateProgress(AsyncCmdlet cmdlet, PipelineDispatcher dispatcher)
{
    private const int ActivityId = 616122;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // A preference of "Stop" is for what should not happen; that a run shows how far it is should.
    private readonly bool _isShown = cmdlet.PreferenceOf("Progress") != nameof(ActionPreference.Stop);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.MinValue;
    private long _expected;
    private long _done;
    private long _failed;

    /// <summary>Tells that so many more will come. Where nobody tells, there is no percentage.</summary>
    public void Expect(long count) => _expected += count;

    public void Count(bool failed)
    {
        _done++;
        _failed += failed ? 1 : 0;
    }

    /// <param name="waiting">How many have been taken in and have no outcome yet.</param>
    public void Show(int waiting)
    {
        if (!_isShown || (_shown != TimeSpan.MinValue && _elapsed.Elapsed - _shown < Interval))
        {
            return;
        }

        _shown = _elapsed.Elapsed;
        double rate = _shown.TotalSeconds > 0 ? _done / _shown.TotalSeconds : 0;

        // Rows may come beside files: then only what has come is known.
        bool isCounted = _expected > 0 && _done + waiting <= _expected;
        string failed = _failed > 0 ? Messages.ProgressFailed.With(_failed) : string.Empty;
        string status = isCounted ? Messages.ProgressOf.With(_done, _expected, failed, rate) : Messages.Progress.With(_done, waiting, failed, rate);
        TimeSpan pause = dispatcher.StillWaiting;
        status = dispatcher.IsOut ? Messages.ProgressOutage.With(status)
            : pause > TimeSpan.Zero ? Messages.ProgressPause.With(Math.Ceiling(pause.TotalSeconds), status)
            : dispatcher.SettlingUntil is { } until ? Messages.ProgressSettling.With(until, status)
            : status;
        Write(new(ActivityId, Messages.ProgressActivity, status)
        {
            PercentComplete = isCounted ? (int)(100 * _done / _expected) : -1,
            SecondsRemaining = isCounted && rate > 0 ? (int)Math.Min(int.MaxValue, (_expected - _done) / rate) : -1,
        });
    }

    public void Complete()
    {
        if (_shown != TimeSpan.MinValue)
        {
            Write(new(ActivityId, Messages.ProgressActivity, Messages.ProgressDone) { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Write(ProgressRecord record)
    {
        try
        {
            cmdlet.WriteProgress(record);
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            cmdlet.WriteDebug(error.Message);
        }
    }
}
