using System.Text.Json;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What an answer does not say, or says in another place or form, is not taken for something that is not there.</summary>
public sealed partial class EvidenceTests
{
    private static readonly ServiceRequestChanges Closed = new() { Status = ServiceRequestStatus.Closed };

    [Theory]
    [InlineData(-60.0, false, Verdict.Undecided)]
    [InlineData(null, false, Verdict.Undecided)]
    [InlineData(1.0, false, Verdict.Applied)]
    [InlineData(-60.0, true, Verdict.Applied)]
    public void Fields_that_nobody_changed_since_were_as_asked_before(double? modified, bool isSettled, object verdict) =>
        Assert.Equal(verdict, Judge(Of(Found(modified, "closed")) with { IsSettled = isSettled }, Closed));

    [Theory]
    [InlineData("""{"id":"1","notes":"x"}""")]
    [InlineData("""{"id":"1","notes":{"items":[{"text":"x"}]}}""")]
    [InlineData("""{"id":"1","notes":["x"]}""")]
    [InlineData("""{"id":"1","notes":[],"newNote":{"text":"x"}}""")]
    public void What_is_not_understood_may_be_ours(string answer) => Assert.Equal(Verdict.Undecided, Judge(Of(Read(JsonSerializer.Deserialize<JsonElement>(answer)))));

    [Fact]
    public void A_note_from_before_its_request_was_opened_has_no_date()
    {
        object Request(string opened) => new { id = "1", createdDate = opened, notes = new[] { new { text = "x", createdDate = "1970-01-01T00:00:00Z" } } };
        Assert.Equal(Verdict.Undecided, Judge(Of(Read(Request("2026-01-01T00:00:00Z")))));
        Assert.Equal(Verdict.NotApplied, Judge(Of(Read(Request("1969-01-01T00:00:00Z")))));
    }
}
