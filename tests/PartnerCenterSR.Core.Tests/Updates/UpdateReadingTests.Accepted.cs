using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What the answer to an update tells of the time.</summary>
public sealed partial class UpdateReadingTests
{
    [Fact]
    public async Task The_note_was_made_before_the_answer_to_the_update_however_late_it_is_read()
    {
        UpdateReading reading = Reading();
        reading.Times.Leave();
        _notes.Add(("n", ServiceNow));
        _clock.Face.Pass(2);
        ApiResponse accepted = Accepted(string.Empty);
        _answer = _ =>
        {
            _clock.Face.Pass(5);
            return Wire.Json(Body());
        };
        await reading.AcceptAsync(accepted, Asked, Yes);
        Assert.True(Learned.Notes);
    }

    [Fact]
    public async Task Where_the_service_had_never_told_the_time_its_answer_tells_when_it_was_sent()
    {
        UpdateReading reading = Reading();
        reading.Times.Leave();
        Assert.Null(reading.Times.FirstSentAt);
        DateTimeOffset sent = ServiceNow;
        _clock.Face.Pass(2);
        await reading.AcceptAsync(Accepted(), Asked, Yes);
        Assert.Equal(sent, reading.Times.FirstSentAt);
    }
}
