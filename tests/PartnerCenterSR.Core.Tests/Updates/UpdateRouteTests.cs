using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>An update that the customer's route refuses leaves by the partner's, later.</summary>
public sealed class UpdateRouteTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_other_route_kept_back_is_dated_when_it_leaves(bool isStopped)
    {
        SideBySide service = new();
        UpdateResult result = null!;
        using System.Threading.CancellationTokenSource stop = new();
        int left = 0;
        service.Here(() =>
        {
            service.Does = (request, _) =>
            {
                bool isZero = request.Body is { } body && Encoding.UTF8.GetString(body).Contains("\"z\"", StringComparison.Ordinal);
                if (request.Method == HttpMethod.Get)
                {
                    ApiResponse shown = service.Carry(request);
                    return Task.FromResult(shown with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(shown.Body).Replace("{\"id\":\"1\",", "{\"id\":\"1\",\"organization\":{\"id\":\"c\"},", StringComparison.Ordinal)) });
                }

                if (isZero)
                {
                    return left == 0 && service.Patches <= 2 ? SideBySide.Refuse(request, 429, 600) : null;
                }

                if (request.Uri.AbsolutePath.Contains("/customers/", StringComparison.Ordinal))
                {
                    return Later404(service, request);
                }

                left++;
                return SideBySide.Refuse(request, 504);
            };
            using UpdateEngine engine = new(service.Session, new(4), null, new(new RecordingObserver(), stop.Token), () => { });
            engine.Post(new(1, "1", "c", Note));
            service.Start("zero", new() { Note = "z" });
            service.Pass(300);
            service.Notes.Add(("n", service.Now));
            if (isStopped)
            {
                stop.Cancel();
            }

            service.Pass(1000);
            Assert.True(engine.TryTake(out result));
        });

        // The colleague's note of five minutes before it left is there, and ours is not: it was never carried out.
        Assert.Equal((isStopped, isStopped, false), (left == 0, result.IsNotSent, result.Outcome == UpdateOutcome.Succeeded));
    }

    private static async Task<ApiResponse> Later404(SideBySide service, ApiRequest request)
    {
        await service.Clock.DelayAsync(TimeSpan.FromSeconds(1), default);
        return await SideBySide.Refuse(request, 404);
    }
}
