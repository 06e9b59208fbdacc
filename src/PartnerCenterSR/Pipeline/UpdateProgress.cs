using System;
using System.Diagnostics;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Pipeline;

/// <summary>The progress of a bulk update, shown at most five times a second.</summary>
internal sealed class UpdateProgress(AsyncCmdlet cmdlet, PipelineMailbox mailbox)
{
    private const int ActivityId = 616122;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.MinValue;
    private long _done;
    private long _failed;

    /// <summary>How many there are in all. Null: it is not known, for they are still arriving.</summary>
    public long? Total { get; set; }

    public void Count(bool failed)
    {
        _done++;
        _failed += failed ? 1 : 0;
    }

    /// <param name="waiting">How many have been taken in and have no outcome yet.</param>
    public void Show(int waiting)
    {
        if (_shown != TimeSpan.MinValue && _elapsed.Elapsed - _shown < Interval)
        {
            return;
        }

        _shown = _elapsed.Elapsed;
        double rate = _shown.TotalSeconds > 0 ? _done / _shown.TotalSeconds : 0;
        string failed = _failed > 0 ? Messages.ProgressFailed.With(_failed) : string.Empty;
        string status = Total is { } total
            ? Messages.ProgressOf.With(_done, total, failed, rate)
            : Messages.Progress.With(_done, failed, waiting, rate);
        ProgressRecord record = new(ActivityId, Messages.ProgressActivity, status)
        {
            PercentComplete = Total is > 0 ? (int)(100 * _done / Total.Value) : -1,
            SecondsRemaining = Total is { } all && rate > 0 ? (int)Math.Min(int.MaxValue, (all - _done) / rate) : -1,
        };
        if (mailbox.StillWaiting is { } pause && pause > TimeSpan.Zero)
        {
            record.CurrentOperation = Messages.ProgressPause.With(Math.Ceiling(pause.TotalSeconds));
        }

        cmdlet.WriteProgress(record);
    }

    public void Complete()
    {
        if (_shown != TimeSpan.MinValue)
        {
            cmdlet.WriteProgress(new(ActivityId, Messages.ProgressActivity, Messages.ProgressDone) { RecordType = ProgressRecordType.Completed });
        }
    }
}
