using System;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Core.Updates;

/// <summary>When an update left, as evidence needs it: what is older than the first sending is not its own, and nothing is settled before the last.</summary>
/// <param name="session">Whose clocks count.</param>
/// <param name="unfinished">What another process sent of it. Null: it is new.</param>
internal sealed class SendingTimes(PartnerSession session, UnfinishedUpdate? unfinished)
{
    private Sending? _whole = unfinished is null ? null : new(unfinished.FirstSentAt);
    private Sending? _first = unfinished is null ? null : new(unfinished.SentAt);

    // Of what was sent since it was last known that nothing is there.
    private Sending? _fresh = unfinished?.SentAt is { } there ? new(there) : null;

    // What another process sent may have left just before this one began.
    private Sending? _last = unfinished is null ? null : new(session.ServiceClock.At(session.Clock.Now), session.Clock.Now, session.Clock.WallNow);
    private bool _isRest;

    // This machine's date at the last look. Null: it has been sent since, or was never looked at.
    private DateTimeOffset? _lookedAt;

    /// <summary>When the update was first sent, by the service's clock, rather too early than too late. Null: that is not known.</summary>
    public DateTimeOffset? FirstSentAt => _whole?.There;

    /// <summary>The same of what is sent now, which is the rest of the update where it landed by half.</summary>
    public DateTimeOffset? SentAt => _first?.There;

    /// <summary>When it was last sent, or may have been, by the service's clock, rather too late than too early. Null: that is not known.</summary>
    public DateTimeOffset? LastSentAt => _last is { Steady: { } steady, Wall: { } wall } ? Later(session.ServiceClock.LatestAt(steady, wall), _last.There) : null;

    /// <summary>When it was last looked at, by the service's clock, rather too late than too early. Null: that is not known, or it has been sent since.</summary>
    public DateTimeOffset? LookedAt => _lookedAt is { } wall ? session.ServiceClock.LatestAt(From, wall) : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is null || one > other ? one : other;

    /// <summary>When what is sent now was first sent, by this machine's steady clock. Null: another process did, or nobody.</summary>
    public DateTimeOffset? FirstSteady => _first?.Steady;

    /// <summary>By this machine's steady clock: what somebody on the way kept from before shows nothing. What another process sent may have left just before this one began.</summary>
    public DateTimeOffset From { get; private set; } = session.Clock.Now;

    /// <summary>By the same clock, since when nobody answers for the last sending: what keeps an answer for so long may also keep the update. Its settle time begins then.</summary>
    public DateTimeOffset OpenFrom { get; private set; } = session.Clock.Now;

    /// <summary>The request is looked at now: what others sent may have left just before.</summary>
    public void Look() => (From, OpenFrom, _lookedAt) = (session.Clock.Now, session.Clock.Now, session.Clock.WallNow);

    /// <summary>The sending has ended, and nobody knows what became of it.</summary>
    public void Lose() => OpenFrom = session.Clock.Now;

    /// <summary>The update sets out.</summary>
    public void Leave()
    {
        (From, _lookedAt) = (session.Clock.Now, null);
        OpenFrom = From;
        _last = new(session.ServiceClock.At(From), From, session.Clock.WallNow);
        _fresh ??= _last;
        _first ??= _last;
        _whole ??= _first;
    }

    /// <summary>It was accepted: where the service had never told the time before it left, the answer tells.</summary>
    public void Accept(ApiResponse response) => _whole = _whole is { There: null } && !_isRest ? _whole with { There = Earliest(response) } : _whole;

    /// <summary>What is sent from now on is another update: the rest of this one.</summary>
    public void BeginRest()
    {
        (unfinished, _isRest) = (null, true);
        Refuse();
    }

    /// <summary>All that was sent by now was refused: its time begins when it is sent again.</summary>
    public void Refuse()
    {
        _first = _fresh = null;
        _whole = _isRest ? _whole : null;
    }

    /// <summary>Nothing of it is there: what is found later came later, or is not ours.</summary>
    public void Renew() => _fresh = null;

    /// <summary>The service's time of the first sending, from an answer that came later, rather too early than too late. Null: it is not known.</summary>
    public DateTimeOffset? Earliest(ApiResponse response)
    {
        DateTimeOffset? told = SentAt - (unfinished is null ? TimeSpan.Zero : Off(unfinished, response));
        DateTimeOffset? earliest = Derive(response, _first) is { } derived && !(derived > told) ? derived : told;

        // What was sent after it was read was dated by a clock that was wrong.
        return earliest > response.Date + ServiceClock.Skew ? null : earliest;
    }

    /// <summary>From when on it is fresh by the service's clock, rather too late than too early. Null: that is not known.</summary>
    public DateTimeOffset? Latest(ApiResponse response)
    {
        DateTimeOffset? told = _fresh is { Steady: { } steady, Wall: { } wall } ? Later(session.ServiceClock.LatestBoundAt(steady, wall), _fresh.There) : _fresh?.There;
        return (Derive(response, _fresh, isLatest: true) is { } derived && !(derived < told) ? derived : told) ?? SentAt;
    }

    /// <summary>By how much the service's time that an earlier process wrote down may be off: it was as far from that machine's date as it is from this one's now, or one of the three is wrong. Null: nobody can say.</summary>
    private TimeSpan? Off(UnfinishedUpdate earlier, ApiResponse response) =>
        (earlier.SentAt - earlier.Began - (response.Date - session.Clock.WallNow))?.Duration();

    /// <summary>The service's time of a sending, from an answer that came later. A machine may have slept: the longer time counts.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="sending">The sending. Null: there was none.</param>
    /// <param name="isLatest">Whether it is to be rather too late than too early: the shorter time counts.</param>
    private DateTimeOffset? Derive(ApiResponse response, Sending? sending, bool isLatest = false)
    {
        TimeSpan? steady = response.ReceivedAt - sending?.Steady;
        TimeSpan? wall = session.Clock.WallNow - sending?.Wall;
        return response.Date - (wall > steady != isLatest ? wall : steady);
    }

    /// <param name="There">By the service's clock, rather too early than too late. Null: it had never told.</param>
    /// <param name="Steady">By this machine's steady clock. Null: another process sent it.</param>
    /// <param name="Wall">By this machine's date. Null: another process sent it.</param>
    private sealed record Sending(DateTimeOffset? There, DateTimeOffset? Steady = null, DateTimeOffset? Wall = null);
}
