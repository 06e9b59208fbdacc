using System;

namespace PartnerCenterSR.Core;

/// <summary>This machine's date, which within one process never jumps: differences are measured, not read off the calendar.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();

    public TimeProvider Time => time;

    public DateTimeOffset Now => _start + time.GetElapsedTime(_startTimestamp);
}
