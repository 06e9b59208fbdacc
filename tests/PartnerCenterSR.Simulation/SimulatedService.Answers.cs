using System;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Simulation;

/// <summary>What it answers, when, and how old that is.</summary>
internal sealed partial class SimulatedService
{
    /// <summary>How old a copy may be that says its age, in seconds.</summary>
    private const double OldestCopy = 90;

    private void Answer(TaskCompletionSource<ApiResponse> answer, SimulatedRequest? request, ApiRequest call, string fault, long begun, Func<ApiResponse, ApiResponse> arrive)
    {
        bool isPatch = call.Method == ApiRequest.Patch;
        switch (fault)
        {
            case "refused":
                answer.SetException(CallErrors.FromStatus(call, 429, ServiceError.None, Pause() ?? world.Seconds(0.5, 3), null, null));
                return;
            case "bad request":
                answer.SetException(CallErrors.FromStatus(call, 400, ServiceError.None, null, null, null));
                return;
            case "cannot read":
                answer.SetException(CallErrors.FromStatus(call, 400, new("900126", null), null, null, null));
                return;
            case "never connected":
                answer.SetException(CallErrors.ConnectionFailed(call, new System.IO.IOException("refused"), outcomeOpen: false));
                return;
            case "unforeseen" or "unforeseen applied":
                answer.SetException(new InvalidOperationException("nobody foresaw this"));
                return;
            case "none" when request is null:
                answer.SetResult(arrive(new(200, "{\"totalCount\":0,\"items\":[]}"u8.ToArray())));
                return;
            case "none":
                answer.SetResult(arrive(Shown(request!, call, Made(begun))));
                return;
            default:
                answer.SetException(world.Happens(0.5)
                    ? CallErrors.FromStatus(call, world.Pick(500, 503, 504, 408), ServiceError.None, Pause(), null, null)
                    : CallErrors.TimedOut(call, TimeSpan.FromSeconds(1)));
                return;
        }
    }

    /// <summary>What it asks for, by no chance of its own. Null: nothing.</summary>
    private TimeSpan? Pause()
    {
        // The last is longer than anybody waits for, in some worlds.
        double[] pauses = unkind.AsksForPauses ? [0, 2, 20, 60, 600, world.Seed % 4 == 3 ? 7200 : 3000] : [];
        world.Census.Count(unkind.AsksForPauses ? "asked for a pause" : "asked for none");
        return pauses.Length > 0 ? TimeSpan.FromSeconds(pauses[(Calls + world.Seed) % pauses.Length]) : null;
    }

    /// <summary>How much longer an answer is on its way.</summary>
    private TimeSpan Slowly()
    {
        if (unkind.SlowestAnswer == 0 || !world.Happens(0.3))
        {
            return TimeSpan.Zero;
        }

        world.Census.Count("slow answer");
        return world.Seconds(0, unkind.SlowestAnswer);
    }

    /// <summary>When an answer was made that arrives now: at any time of its way.</summary>
    private long Made(long begun) => unkind.SlowestAnswer == 0 ? world.Now : begun + world.Seconds(0, TimeSpan.FromTicks(world.Now - begun).TotalSeconds).Ticks;

    private ApiResponse Shown(SimulatedRequest request, ApiRequest call, long made)
    {
        bool isPatch = call.Method == ApiRequest.Patch;
        bool hasBody = !isPatch || unkind.AnswersWithBody;
        long shown = made - (isPatch ? 0 : world.Seconds(0, unkind.LongestStale).Ticks);
        DateTimeOffset date = World.At(made);
        TimeSpan? age = null;
        if (!isPatch && unkind.HasFrozenCopy && request.IsKnown && world.Happens(0.5))
        {
            world.Census.Count("frozen copy");
            (shown, date) = (0, world.Seed % 11 == 9 ? date - TimeSpan.FromTicks(world.Now) : date);
        }
        else if (!isPatch && unkind.Copies > 0 && world.Happens(unkind.Copies))
        {
            world.Census.Count("copy with its age");
            long kept = Math.Max(0, made - world.Seconds(1, OldestCopy).Ticks);
            age = TimeSpan.FromSeconds(Math.Floor(TimeSpan.FromTicks(made - kept).TotalSeconds));
            (made, shown, date) = (kept, shown - (made - kept), World.At(kept));
        }

        request.IsKnown |= isPatch && Encoding.UTF8.GetString(call.Body!).Contains("NewNote", StringComparison.Ordinal);
        return new(hasBody ? 200 : 204, hasBody ? request.Show(shown, !unkind.LeavesNotesOut) : []) { Date = unkind.Shown(made, date), Age = age };
    }
}
