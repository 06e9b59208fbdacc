using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What an update takes for evidence: when it was sent by which clock, and what the dates of the service are worth.</summary>
public sealed partial class UpdateReadingTests
{
    private static readonly ServiceRequestChanges Asked = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private static readonly ServiceRequestUpdate Update = new(1, "1", null, Asked);
    private readonly HandClock _clock = new();
    private readonly Wire _wire;
    private readonly PartnerSession _session;
    private readonly UpdateRunContext _run;
    private readonly List<(string Text, DateTimeOffset Created)> _notes = [];
    private readonly OverTheShoulder _judge = new();
    private readonly KnownNotes _known = new();
    private DateTimeOffset? _modified;
    private Func<ApiRequest, ApiResponse>? _answer;

    // The service's clock is a day ahead of this machine's.
    private TimeSpan _ahead = TimeSpan.FromDays(1);

    public UpdateReadingTests()
    {
        _wire = new(request => (_answer?.Invoke(request) ?? Wire.Json(Body())) with { Date = ServiceNow, ReceivedAt = _clock.Now });
        _session = _wire.Session(clock: _clock);
        _run = new(_session, _wire.Options, _known, new(1, _clock), new(_session, _wire.Options, 1), _judge, new(1));
    }

    private DateTimeOffset ServiceNow => _clock.Face.Wall + _ahead;

    private string Body() => JsonSerializer.Serialize(new
    {
        id = "1",
        status = "closed",
        lastModifiedDate = _modified?.UtcDateTime,
        notes = _notes.Select(note => new { text = note.Text, createdDate = note.Created.UtcDateTime }),
    });

    private UpdateReading Reading(UnfinishedUpdate? unfinished = null) => new(_run, Update, unfinished) { CorrelationId = "c" };

    private async Task<Evidence> SeenAsync(UpdateReading reading)
    {
        Assert.NotNull(await reading.ReadAsync(isSettled: true, Asked));
        return _judge.Seen!;
    }

    [Fact]
    public async Task Where_the_service_has_told_its_time_the_sending_is_timed_by_it()
    {
        await _session.Client.ReadOnceAsync("1", null, _wire.Options, "c");
        UpdateReading reading = Reading();
        Assert.Equal((null, null), (reading.Times.SentAt, reading.Times.FirstSentAt));
        _clock.Face.Pass(10);
        DateTimeOffset sent = ServiceNow;
        reading.Times.Leave();
        Assert.Equal((sent, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));

        // Sent again it is the same update; its rest is another.
        _clock.Face.Pass(10);
        reading.Times.Leave();
        Assert.Equal((sent, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));
        reading.Times.BeginRest();
        Assert.Equal((null, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));
        reading.Times.Leave();
        Assert.Equal((ServiceNow, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));
    }

    [Fact]
    public async Task What_an_earlier_run_sent_keeps_its_times()
    {
        await _session.Client.ReadOnceAsync("1", null, _wire.Options, "c");
        DateTimeOffset began = _clock.Now.AddHours(-3);
        DateTimeOffset sent = ServiceNow.AddHours(-3);
        UpdateReading reading = Reading(new("r", began, sent, Asked));
        Assert.Equal((sent, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));
        reading.Times.Leave();
        Evidence seen = await SeenAsync(reading);
        Assert.Equal((sent, sent, sent), (reading.Times.SentAt, reading.Times.FirstSentAt, seen.SentAt));
        reading.Times.BeginRest();
        reading.Times.Leave();
        Assert.Equal((ServiceNow, sent), (reading.Times.SentAt, reading.Times.FirstSentAt));
    }

    [Fact]
    public async Task What_an_earlier_run_wrote_of_the_time_may_be_off_by_as_much_as_the_machines_do_not_agree()
    {
        DateTimeOffset sent = ServiceNow.AddHours(-3);
        Evidence seen = await SeenAsync(Reading(new("r", _clock.Now.AddHours(-2), sent, Asked)));
        Assert.Equal((sent.AddHours(-1), sent), (seen.SentAt, seen.FreshFrom));
    }

    [Fact]
    public async Task Whose_time_of_sending_nobody_knows_has_none()
    {
        DateTimeOffset began = _clock.Now.AddHours(-2);
        UpdateReading reading = Reading(new("r", began, null, Asked));
        reading.Times.Leave();
        Evidence seen = await SeenAsync(reading);
        Assert.Equal((null, null), (seen.SentAt, reading.Times.FirstSentAt));
        Assert.Equal((ServiceNow, true), (seen.ReadAt, seen.IsSettled));
    }

    [Fact]
    public async Task Where_it_has_not_the_answer_tells_how_long_ago_it_was()
    {
        UpdateReading reading = Reading();
        _clock.Face.Pass(5);
        DateTimeOffset sent = ServiceNow;
        reading.Times.Leave();
        _clock.Face.Pass(7);
        Evidence seen = await SeenAsync(reading);
        Assert.Equal((sent, null), (seen.SentAt, reading.Times.SentAt));
    }

    [Theory]
    [InlineData(100, 107, 6)]
    [InlineData(-100, 7, -93)]
    public async Task Of_two_clocks_that_differ_the_longer_time_counts_and_for_what_is_fresh_the_shorter(int set, int longest, int shortest)
    {
        UpdateReading reading = Reading();
        reading.Times.Leave();
        _clock.Face.Pass(7);
        _clock.Face.Wall += TimeSpan.FromSeconds(set);
        Evidence seen = await SeenAsync(reading);
        Assert.Equal((ServiceNow.AddSeconds(-longest), ServiceNow.AddSeconds(-shortest)), (seen.SentAt, seen.FreshFrom));
    }

    [Theory]
    [InlineData(-5, -5, 1)]
    [InlineData(60, 0, 61)]
    public async Task Of_two_times_by_the_service_the_earlier_counts_and_for_what_is_fresh_the_later(int drift, int earlier, int later)
    {
        await _session.Client.ReadOnceAsync("1", null, _wire.Options, "c");
        UpdateReading reading = Reading();
        reading.Times.Leave();
        DateTimeOffset sent = ServiceNow;
        _ahead += TimeSpan.FromSeconds(drift);
        Evidence seen = await SeenAsync(reading);
        Assert.Equal((sent.AddSeconds(earlier), sent.AddSeconds(later)), (seen.SentAt, seen.FreshFrom));
        Assert.Equal(sent.AddSeconds(Math.Max(0, drift)) + _session.Settings.SettleTime, seen.SettledFrom);
    }

    [Fact]
    public async Task Before_it_was_sent_it_was_not()
    {
        Evidence seen = await SeenAsync(Reading());
        Assert.Null(seen.SentAt);
    }
}
