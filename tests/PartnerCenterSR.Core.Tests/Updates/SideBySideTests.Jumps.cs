using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What is another clock of the service, and what is not.</summary>
public sealed partial class SideBySideTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(3600)]
    [InlineData(100000)]
    public void A_service_whose_time_jumps_proves_nothing_by_what_it_kept_to_before(double seconds)
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                ApiResponse answer = _service.Carry(request);
                return number == 1 ? SideBySide.Refuse(request, 504) : Task.FromResult(answer with { Date = answer.Date + TimeSpan.FromSeconds(seconds) });
            };
            _service.Look();
            _service.Pass(1);
            _service.Start("one", Note);
            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Unknown), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_that_was_long_on_its_way_is_no_other_clock(bool isSlow)
    {
        _service.Here(() =>
        {
            _service.Notes.Add(("another text", _service.Now));
            _service.Pass(600);
            if (isSlow)
            {
                ApiResponse made = null!;
                _service.Does = (request, number) =>
                {
                    made = _service.Carry(request);
                    return _service.LaterAsync(8, () => made with { ReceivedAt = _service.Clock.Now, Took = TimeSpan.FromSeconds(8) });
                };
                _service.Look();
                _service.Pass(30);
            }

            _service.Does = (request, number) => number == 1 ? SideBySide.Refuse(request, 504) : null;
            _service.Start("one", Note);
            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (Ours, _service["one"].Outcome));
    }
}
