using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What a cache on the way kept, even for seconds, shows neither what came nor what did not.</summary>
public sealed class UpdateCopiesTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };

    [Theory]
    [InlineData(0, 4)]
    [InlineData(30, 4)]
    [InlineData(0, 6)]
    [InlineData(30, 6)]
    public void A_young_copy_shows_not_what_came_behind_it(double settle, double age)
    {
        SideBySide service = new(settle: settle);
        service.Here(() =>
        {
            ApiResponse? copy = null;
            if (settle == 0)
            {
                // Somebody read it, or we did, four seconds before the sending.
                copy = service.Show() with { Date = service.Now };
                service.Pass(age);
            }

            service.Does = (request, number) =>
            {
                if (number == 1 && settle == 0)
                {
                    service.Carry(request);
                }
                else if (number == 1)
                {
                    _ = service.LaterAsync(settle - age, () => copy = service.Show() with { Date = service.Now });
                    _ = service.LaterAsync(settle - (age / 2), () => service.Carry(request));
                }

                if (number == 1)
                {
                    return SideBySide.Refuse(request, 504);
                }

                return number == 0 && copy is { } kept && service.Now - kept.Date!.Value <= TimeSpan.FromSeconds(age)
                    ? Task.FromResult(kept with { ReceivedAt = service.Clock.Now, Age = TimeSpan.FromSeconds(Math.Floor((service.Now - kept.Date.Value).TotalSeconds)) })
                    : null;
            };
            service.Start("one", Note);
            service.Pass(400);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (service.Notes.Count(note => note.Text == "n"), service["one"].Outcome));
    }

    [Fact]
    public void A_copy_contradicts_nothing()
    {
        SideBySide service = new();
        service.Here(() =>
        {
            ApiResponse copy = service.Show() with { Date = service.Now, Age = TimeSpan.FromMinutes(1) };
            service.Pass(60);
            int gets = 0;
            service.Does = (request, number) => request.Method == HttpMethod.Get && ++gets == 1 ? Task.FromResult(copy with { ReceivedAt = service.Clock.Now }) : null;
            service.Start("one", Note);
            service.Pass(100);
        });
        Assert.Equal((UpdateOutcome.Succeeded, null), (service["one"].Outcome, service["one"].Contradiction));
        Assert.Contains(service["one"].Request!.Notes!, note => note.Text == "n");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_young_copy_makes_no_row_unchanged(double age)
    {
        SideBySide service = new();
        service.Here(() =>
        {
            ApiResponse copy = service.Show() with { Date = service.Now };
            service.Start("one", new() { Status = ServiceRequestStatus.Closed });
            service.Pass(age);
            service.Does = (request, number) => request.Method == HttpMethod.Get && service.Now - copy.Date!.Value <= TimeSpan.FromSeconds(age)
                ? Task.FromResult(copy with { ReceivedAt = service.Clock.Now, Age = service.Now - copy.Date.Value })
                : null;
            service.Start("two", new() { Status = ServiceRequestStatus.Open }, skipUnchanged: true);
            service.Pass(100);
        });
        Assert.Equal(("open", UpdateOutcome.Succeeded, UpdateOutcome.Succeeded), (service.Status, service["one"].Outcome, service["two"].Outcome));
    }
}
