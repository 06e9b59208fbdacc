using System;

namespace PartnerCenterSR.Core.Http;

/// <summary>The service's own time, as its answers tell it, and whether the dates of its resources keep to it.</summary>
/// <param name="clock">This machine's.</param>
internal sealed class ServiceClock(Clock clock)
{
    /// <summary>How far the clocks of the service's own machines may differ from each other, the whole seconds of a Date header included.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>How far dates may be off that nobody has seen kept yet: a time zone taken for another.</summary>
    public static readonly TimeSpan UnprovenSkew = TimeSpan.FromHours(26);

    /// <summary>Whose time jumps by more tells none.</summary>
    private static readonly TimeSpan LongestJump = TimeSpan.FromHours(2);

    /// <summary>For so long an answer of a later date counts for more than newer ones, which may be old copies.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>What Date and Age leave out: what is behind their seconds.</summary>
    public static readonly TimeSpan WholeSeconds = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private DateTimeOffset? _date;
    private DateTimeOffset _receivedAt;

    // The answer whose date was the latest for its time.
    private (DateTimeOffset Date, DateTimeOffset Steady, DateTimeOffset Wall, TimeSpan Took)? _latest;

    // Of those the one that leaves the least open.
    private (DateTimeOffset Date, DateTimeOffset Steady, DateTimeOffset Wall, TimeSpan Took)? _bound;

    private bool _hasJumped;

    // What all that comes is compared with.
    private (DateTimeOffset Date, DateTimeOffset Steady, DateTimeOffset Wall, TimeSpan Took)? _base;

    /// <summary>Whether fresh notes were seen dated as they should be.</summary>
    public bool NotesKeepToIt { get; private set; }

    /// <summary>Whether fresh changes were seen dated as they should be.</summary>
    public bool ChangesKeepToIt { get; private set; }

    /// <summary>How far the dates of notes are ahead of this machine's steady clock, rather too little than too much: whatever Date does, ours are not dated earlier. Null: none was seen fresh.</summary>
    public TimeSpan? NotesAhead { get; private set; }

    /// <summary>The same of changes.</summary>
    public TimeSpan? ChangesAhead { get; private set; }

    /// <summary>Whether something fresh was seen dated otherwise: then no date proves anything.</summary>
    public bool IsContradicted { get; private set; }

    /// <summary>The service's time of an answer, rather too late than too early. Null: it did not tell.</summary>
    public static DateTimeOffset? Latest(ApiResponse response) => response.Date + WholeSeconds;

    /// <summary>Whether it has answered at all, with its time or without.</summary>
    public bool HasAnswered { get; private set; }

    public void Saw(ApiResponse response)
    {
        HasAnswered |= !response.IsCopy;
        DateTimeOffset wall = clock.WallNow;
        if (response is { Date: { } made, IsCopy: false })
        {
            DateTimeOffset date = made + (response.Age ?? TimeSpan.Zero);
            lock (_lock)
            {
                (_date, _receivedAt) = (date, response.ReceivedAt);
                DateTimeOffset? expected = response.ReceivedAt - _latest?.Steady is { } age && age < Memory ? _latest?.Date + age : null;
                bool isBehind = date < expected - WholeSeconds;
                if (!isBehind)
                {
                    // A little older is no older: else step by step an old copy would be.
                    _latest = (date < expected ? expected.Value : date, response.ReceivedAt, wall, response.Took);

                    // The quicker the answer, the less it leaves open: until one of a later date shows that it was wrong.
                    TimeSpan since = response.ReceivedAt - (_bound?.Steady ?? response.ReceivedAt);
                    _bound = _bound is { } bound && since < Memory && (wall - bound.Wall - since).Duration() <= WholeSeconds && date <= bound.Date + since + WholeSeconds + bound.Took && date + response.Took >= bound.Date + since + bound.Took
                        ? bound : (date, response.ReceivedAt, wall, response.Took);
                }

                if (_base is { } known)
                {
                    // One of a machine's two clocks may have jumped, or slept: not both. It is set by the other.
                    TimeSpan passed = date - known.Date;
                    TimeSpan steady = Off(passed, response.ReceivedAt - known.Steady, response.Took, known.Took);
                    TimeSpan calendar = Off(passed, wall - known.Wall, response.Took, known.Took);
                    TimeSpan off = steady < calendar ? steady : calendar;
                    if (off <= Skew)
                    {
                        // The quicker the answer, the less of a jump it hides; by small steps nothing is hidden either.
                        _base = response.Took < known.Took && off <= WholeSeconds ? (date, response.ReceivedAt, wall, response.Took) : known with
                        {
                            Steady = steady <= Skew ? known.Steady : response.ReceivedAt - passed,
                            Wall = calendar <= Skew ? known.Wall : wall - passed,
                        };
                        return;
                    }

                    // It is another clock now: what was seen kept to the one before.
                    NotesKeepToIt = ChangesKeepToIt = false;
                    _hasJumped = true;
                    IsContradicted |= off > LongestJump;
                }

                _base = (date, response.ReceivedAt, wall, response.Took);
            }
        }
    }

    /// <summary>The service's time at a time of this machine's steady clock, rather too early than too late. Null: it never told.</summary>
    public DateTimeOffset? At(DateTimeOffset steady)
    {
        lock (_lock)
        {
            return _date + (steady - _receivedAt);
        }
    }

    /// <summary>The same, rather too late than too early. A machine may have slept: the longer time counts.</summary>
    public DateTimeOffset? LatestAt(DateTimeOffset steady, DateTimeOffset wall)
    {
        lock (_lock)
        {
            return Of(_latest, steady, wall);
        }
    }

    /// <summary>The latest that it can have been: what is behind the seconds of a Date, and the time of its call, added.</summary>
    public DateTimeOffset? LatestBoundAt(DateTimeOffset steady, DateTimeOffset wall)
    {
        lock (_lock)
        {
            return Of(_bound, steady, wall) + WholeSeconds + _bound?.Took;
        }
    }

    private static DateTimeOffset? Of((DateTimeOffset Date, DateTimeOffset Steady, DateTimeOffset Wall, TimeSpan Took)? told, DateTimeOffset steady, DateTimeOffset wall)
    {
        TimeSpan? passed = steady - told?.Steady;
        return told?.Date + (passed > TimeSpan.Zero && wall - told?.Wall > passed ? wall - told?.Wall : passed);
    }

    /// <summary>A note that has just been put there, by its date.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="sentAt">When it was sent, by the service's clock.</param>
    /// <param name="seenAt">The service's clock when it was seen, rather too late than too early.</param>
    /// <param name="receivedAt">This machine's steady clock when it was seen.</param>
    /// <param name="shownAt">Where it was accepted before it was seen, the service's clock when it was seen: what is dated later than the one is not yet wrong.</param>
    public void SawFreshNote(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset seenAt, DateTimeOffset receivedAt, DateTimeOffset? shownAt = null)
    {
        lock (_lock)
        {
            if (Keeps(date, sentAt, seenAt, shownAt ?? seenAt))
            {
                (NotesKeepToIt, NotesAhead) = (true, date - receivedAt);
            }
        }
    }

    /// <summary>The only note of a text that was put there before: it may confirm, but not contradict, for it may be another's.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="sentAt">When it was sent, by the service's clock.</param>
    /// <param name="seenAt">The service's clock when it was seen, rather too late than too early.</param>
    /// <param name="toldAt">This machine's steady clock when it was seen. Null: another process saw it.</param>
    public void SawKnownNote(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset seenAt, DateTimeOffset? toldAt)
    {
        lock (_lock)
        {
            // One from before a jump kept to the clock that there was then.
            if (!_hasJumped && IsWithin(date, sentAt, seenAt))
            {
                NotesKeepToIt = true;
                NotesAhead ??= date - toldAt;
            }
        }
    }

    /// <summary>A change that has just been made, by the date of the last modification.</summary>
    public void SawFreshChange(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset seenAt, DateTimeOffset receivedAt)
    {
        lock (_lock)
        {
            if (Keeps(date, sentAt, seenAt, seenAt))
            {
                (ChangesKeepToIt, ChangesAhead) = (true, date - receivedAt);
            }
        }
    }

    /// <summary>
    /// What was made between the sending and the seeing. Its date proves something only if it cannot be off by more than the skew,
    /// whenever in that time it was made; and it contradicts only if it must be.
    /// </summary>
    private bool Keeps(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset seenAt, DateTimeOffset shownAt)
    {
        IsContradicted |= date < sentAt - Skew || date > shownAt + Skew;
        return IsWithin(date, sentAt, seenAt);
    }

    /// <summary>By how much the service's clock went otherwise than ours between two answers, each of which was dated at any time of its call.</summary>
    private static TimeSpan Off(TimeSpan passed, TimeSpan here, TimeSpan took, TimeSpan tookThen) =>
        passed > here + tookThen ? passed - here - tookThen : passed < here - took ? here - took - passed : TimeSpan.Zero;

    /// <summary>A whole minute proves nothing: a service that cuts the seconds off is right at times.</summary>
    private static bool IsWithin(DateTimeOffset date, DateTimeOffset sentAt, DateTimeOffset seenAt) => date >= seenAt - Skew && date <= sentAt + Skew && date.Ticks % TimeSpan.TicksPerMinute != 0;
}
