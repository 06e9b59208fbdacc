using System;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What an end means for those behind it, and for the run.</summary>
public sealed class UpdateResultTests
{
    private static readonly ServiceRequestUpdate Update = new(1, "700000000000001", null, new() { Note = "n" });

    private static UpdateResult Failed(string errorId, int? status = null) => new(Update, UpdateOutcome.Failed) { Error = new(errorId, "m") { StatusCode = status } };

    [Theory]
    [InlineData(ErrorIds.InvalidJournal, true)]
    [InlineData(ErrorIds.ServiceDown, true)]
    [InlineData(ErrorIds.MfaRequired, true)]
    [InlineData(ErrorIds.NotConnected, true)]
    [InlineData(ErrorIds.Unauthenticated, true)]
    [InlineData(ErrorIds.SignInFailed, true)]
    [InlineData(ErrorIds.TokenExpired, true)]
    [InlineData(ErrorIds.AccessDenied, false)]
    [InlineData(ErrorIds.NotSent, false)]
    [InlineData(ErrorIds.ServiceUnavailable, false)]
    public void Some_failures_end_the_run(string errorId, bool isEnd)
    {
        Assert.Equal(isEnd, Failed(errorId).IsEnd);
        Assert.Equal(isEnd, UpdateResult.EndsRun(Failed(errorId).Error!));
        Assert.Equal(isEnd || errorId == ErrorIds.NotSent, Failed(errorId).IsNotSent);
        Assert.False((Failed(errorId) with { Outcome = UpdateOutcome.Unknown }).IsEnd);
    }

    [Theory]
    [InlineData(ErrorIds.InvalidRequest, 400, false)]
    [InlineData(ErrorIds.NotFound, 404, false)]
    [InlineData(ErrorIds.InvalidRequest, 499, false)]
    [InlineData(ErrorIds.ServiceUnavailable, 501, true)]
    [InlineData(ErrorIds.ServiceUnavailable, 500, true)]
    [InlineData(ErrorIds.MalformedResponse, 302, true)]
    [InlineData(ErrorIds.Throttled, 429, true)]
    [InlineData(ErrorIds.Timeout, 408, true)]
    [InlineData(ErrorIds.NotSent, 404, true)]
    [InlineData(ErrorIds.ConnectionFailed, null, true)]
    public void Only_what_was_refused_for_good_is_in_nobodys_way(string errorId, int? status, bool isInTheWay) => Assert.Equal(isInTheWay, Failed(errorId, status).IsInTheWay);

    [Theory]
    [InlineData(UpdateOutcome.Succeeded, false)]
    [InlineData(UpdateOutcome.Unchanged, false)]
    [InlineData(UpdateOutcome.Unknown, true)]
    public void Nor_is_what_is_there(UpdateOutcome outcome, bool isInTheWay) => Assert.Equal(isInTheWay, new UpdateResult(Update, outcome).IsInTheWay);

    [Fact]
    public void What_was_refused_before_it_was_sent_failed()
    {
        Assert.False((Failed(ErrorIds.NotSent) with { WasRefused = true }).IsNotSent);
        Assert.True(new UpdateResult(Update, UpdateOutcome.Failed) { WasStopped = true }.IsNotSent);
        Assert.False(new UpdateResult(Update, UpdateOutcome.Unknown) { WasStopped = true }.IsNotSent);
        Assert.False(new UpdateResult(Update, UpdateOutcome.Failed).IsNotSent);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, false, true)]
    [InlineData(5, false, true)]
    [InlineData(5, true, false)]
    public void That_the_rest_of_the_input_was_not_read_is_said_also_where_some_of_it_was_counted(int expected, bool isRead, bool isSaid)
    {
        UpdateTally tally = new(null, new(new FakeTimeProvider()));
        tally.Expect(expected);
        Assert.Equal(isSaid, tally.Explain(new(ErrorIds.ServiceDown, "down"), isRead).Message.EndsWith(Messages.InputNotRead, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(0, 9, false)]
    [InlineData(4, 5, false)]
    [InlineData(5, 5, true)]
    public void A_few_that_went_well_need_no_words(int succeeded, int unchanged, bool isTold)
    {
        UpdateTally tally = new(null, new(new FakeTimeProvider()));
        for (int i = 0; i < succeeded + unchanged; i++)
        {
            tally.Count(new(Update, i < succeeded ? UpdateOutcome.Succeeded : UpdateOutcome.Unchanged));
        }

        Assert.Equal(isTold, tally.IsWorthTelling);
        Assert.DoesNotContain(Messages.RunEndedIds.With(string.Empty), tally.Explain(new(ErrorIds.ServiceDown, "down"), true).Message, StringComparison.Ordinal);
    }
}
