using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What a seasoned admin may rely on: at an ordinary service a lost answer is found out.</summary>
public sealed class UpdateLostAnswerTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    // Its Date is as of its end; notes are dated a little behind Date.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(3, 0)]
    [InlineData(0.5, 1.5)]
    [InlineData(3, 1.5)]
    [InlineData(6, 0)]
    public void A_slow_reading_shows_what_came(double took, double behind)
    {
        ApiResponse Behind(ApiRequest request)
        {
            int notes = _service.Notes.Count;
            ApiResponse answer = _service.Carry(request);
            if (_service.Notes.Count > notes)
            {
                _service.Notes[^1] = (_service.Notes[^1].Text, _service.Now.AddSeconds(-behind));
            }

            return answer;
        }

        _service.Here(
            () =>
            {
                _service.Does = (request, number) =>
                {
                    if (number == 0)
                    {
                        return _service.LaterAsync(took, () => _service.Carry(request) with { Took = S(took) });
                    }

                    ApiResponse answer = Behind(request);
                    return number == 1 ? SideBySide.Refuse(request, 504) : Task.FromResult(answer);
                };
                _service.Start("one", Note);
                _service.Pass(300);
            },
            () => _service.Does = (request, _) => Task.FromResult(Behind(request)));
        Assert.Equal((1, UpdateOutcome.Succeeded), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(2, 3)]
    [InlineData(4, 1)]
    [InlineData(5.25, 1)]
    public void Of_two_identical_rows_the_second_is_seen(double gap, double took)
    {
        _service.Here(() =>
        {
            _service.Start("before", Note);
            _service.Pass(gap);
            _service.Does = (request, number) =>
            {
                if (number == 0)
                {
                    return _service.LaterAsync(took, () => _service.Carry(request) with { Took = S(took) });
                }

                _service.Carry(request);
                return SideBySide.Refuse(request, 504);
            };
            _service.Start("one", Note);
            _service.Pass(300);
        });
        Assert.Equal((2, UpdateOutcome.Succeeded, UpdateOutcome.Succeeded), (Ours, _service["before"].Outcome, _service["one"].Outcome));
    }

    // Ordinary worlds: calls take 0.3 to 3 seconds, one answer is lost, dates have whole seconds.
    [Theory]
    [InlineData("landed")]
    [InlineData("not landed")]
    [InlineData("twin, landed")]
    [InlineData("twin, not landed")]
    [InlineData("row before, not landed")]
    [InlineData("old twin, landed")]
    [InlineData("twin, landed, quiet")]
    [InlineData("status too, landed")]
    [InlineData("status, landed")]
    public void At_an_ordinary_service_one_lost_answer_leaves_nothing_open(string kind) =>
        Assert.All(Enumerable.Range(0, 30), seed => Assert.StartsWith("Succeeded", OrdinaryWorld.Run(kind, seed), StringComparison.Ordinal));

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
