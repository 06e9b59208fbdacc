using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service of which calls take 0.3 to 3 seconds, that dates in whole ones, and of which one answer is lost.</summary>
internal static class OrdinaryWorld
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };

    /// <param name="kind">What else there is, and whether it landed.</param>
    /// <param name="seed">How long the calls take.</param>
    /// <returns>How it ended, and how many notes of it are there.</returns>
    public static string Run(string kind, int seed)
    {
        Random chance = new(seed);
        SideBySide service = new();
        bool lands = !kind.Contains("not landed", StringComparison.Ordinal);
        bool isQuiet = kind.Contains("quiet", StringComparison.Ordinal);
        int lost = -1;

        async Task<ApiResponse> CallAsync(ApiRequest request, int number)
        {
            DateTimeOffset began = service.Clock.Now;
            double took = 0.3 + (chance.NextDouble() * 2.7);
            double there = took * chance.NextDouble();
            bool isLost = number > 0 && number == lost;
            await service.Clock.DelayAsync(S(there), CancellationToken.None).ConfigureAwait(false);
            int notes = service.Notes.Count;
            DateTimeOffset? modified = service.Modified;
            ApiResponse answer = isLost && !lands ? new(204, []) { Date = service.Now } : service.Carry(request);
            if (service.Notes.Count > notes)
            {
                service.Notes[^1] = (service.Notes[^1].Text, Whole(service.Now));
            }

            if (service.Modified != modified)
            {
                service.Modified = Whole(service.Now);
            }

            DateTimeOffset date = Whole(service.Now);
            await service.Clock.DelayAsync(S(took - there), CancellationToken.None).ConfigureAwait(false);
            return isLost ? throw ManyRequests.Refusal(request, 504) : answer with { Date = date, ReceivedAt = service.Clock.Now, Took = service.Clock.Now - began };
        }

        ServiceRequestChanges asked = kind.StartsWith("status", StringComparison.Ordinal) ? new() { Status = ServiceRequestStatus.Closed }
            : kind.Contains("status too", StringComparison.Ordinal) ? Note with { Status = ServiceRequestStatus.Closed } : Note;
        int before = 0;
        service.Here(
            () =>
            {
                service.Pass(chance.NextDouble());
                if (kind.StartsWith("twin", StringComparison.Ordinal) || kind.StartsWith("row before", StringComparison.Ordinal))
                {
                    service.Start("before", kind.StartsWith("twin", StringComparison.Ordinal) ? Note : new() { Note = "before" });
                    while (service.Session.Notes.Of("1").Count(note => note.IsConfirmed) < 2)
                    {
                        service.Pass(0.25);
                    }
                }

                if (kind.StartsWith("old twin", StringComparison.Ordinal))
                {
                    service.Notes.Add(("n", Whole(service.Now.AddHours(-1))));
                }

                before = service.Notes.Count(note => note.Text == "n");
                lost = service.Patches + 1;
                service.Start("one", asked, isQuiet: isQuiet);
                service.Pass(300);
            },
            () => service.Does = (request, number) => CallAsync(request, number));
        int ours = service.Notes.Count(note => note.Text == "n") - before;
        return service["one"].Outcome + (asked.Note is null ? string.Empty : " there " + ours.ToString(CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
