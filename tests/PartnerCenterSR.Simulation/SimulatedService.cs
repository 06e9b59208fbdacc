using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Simulation;

/// <summary>The service and the network to it: legal, and as unkind as the world has it.</summary>
internal sealed partial class SimulatedService(World world, Unkindness unkind)
{
    private readonly Dictionary<string, SimulatedRequest> _requests = [];
    private readonly Dictionary<string, string> _updates = [];
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<string, int> _callsOf = [];
    private readonly HashSet<string> _remembered = [];
    private bool _hasLost;

    public IReadOnlyCollection<SimulatedRequest> Requests => _requests.Values;

    public int Calls { get; private set; }

    /// <summary>Calls that ask only whether it is there.</summary>
    public int Probes { get; private set; }

    /// <summary>The most calls that one update took of the request of which none succeeds.</summary>
    public int PoisonedCalls => _callsOf.Values.DefaultIfEmpty().Max();

    /// <summary>Whether the run that calls has ended, and sends nothing more.</summary>
    public Func<bool> HasEnded { get; set; } = () => false;

    /// <summary>Whether something was sent although nothing may be.</summary>
    public bool MayBeCalled { get; set; } = true;

    public bool WasCalledAfterTheEnd { get; private set; }

    /// <summary>When each note was on its way.</summary>
    public Attempts Attempts { get; } = new(unkind.NoteSkew.Duration() + TimeSpan.FromSeconds(Math.Abs(unkind.Jump.Seconds)));

    public SimulatedRequest Add(string id)
    {
        SimulatedRequest request = new(id) { LastModified = world.Date.AddHours(-world.Chance.Next(1, 80)) + unkind.ChangeSkew };
        request.Notes.Add(("Thank you for your request.", request.LastModified - unkind.ChangeSkew + unkind.NoteSkew));
        request.Keep(0);
        return _requests[id] = request;
    }

    /// <summary>The same note, from long ago.</summary>
    public void AddOldNote(string id, string text)
    {
        _requests[id].Notes.Insert(0, (Rewrite(text), world.Date - world.Seconds(600, 200_000) + unkind.NoteSkew));
        _requests[id].Keep(0);
        world.Census.Count("identical older note");
    }

    /// <summary>A colleague, or Microsoft.</summary>
    public void OtherHand(SimulatedRequest request)
    {
        string? status = null;
        if (world.Happens(0.3))
        {
            request.Notes.Add(("Somebody else was here.", world.Date + unkind.NoteSkew));
        }
        else
        {
            status = request.Status = world.Pick("open", "closed", "attention_needed");
        }

        Keep(request, new(world.Now, null, null, status));
        world.Tell($"another hand at {request.Id}: {status ?? "a note"}");
        world.Census.Count("other hands");
    }

    /// <summary>A colleague writes by hand what a row is to write.</summary>
    public void WriteTheSame(ServiceRequestUpdate row)
    {
        SimulatedRequest request = _requests[row.Id];
        request.Notes.Add((Rewrite(row.Changes.Note!), world.Date + unkind.NoteSkew));
        request.ByColleagues.Add((NoteText.Normalize(row.Changes.Note!), world.Now));
        Keep(request, new(world.Now, null, null, null));
        world.Tell($"a colleague at {request.Id}: {row.Changes.Note}");
    }

    /// <param name="call">What is asked.</param>
    /// <param name="options">When it is let go.</param>
    /// <param name="arrive">What the caller adds to an answer that has arrived.</param>
    /// <param name="isAlive">Whether there is anybody to hear it.</param>
    public Task<ApiResponse> SendAsync(ApiRequest call, CallOptions options, Func<ApiResponse, ApiResponse> arrive, Func<bool> isAlive)
    {
        Calls++;
        WasCalledAfterTheEnd |= (!MayBeCalled || HasEnded()) && call.Method == ApiRequest.Patch;
        TaskCompletionSource<ApiResponse> answer = new();
        options.Cancellation.Register(() => answer.TrySetCanceled(options.Cancellation));
        _requests.TryGetValue(call.Uri.Segments[^1], out SimulatedRequest? request);
        Attempts.Attempt? attempt = request is null ? null : Attempts.Add(request.Id, call, world.Now);
        TimeSpan there = world.Seconds(0.01, 0.2);
        TimeSpan back = there + world.Seconds(0.01, 0.3) + Slowly();
        long begun = world.Now + there.Ticks;
        bool isPatch = call.Method == ApiRequest.Patch;
        string fault = unkind.IsKind || !world.Happens(unkind.Faults) ? "none" : isPatch
            ? world.Pick("refused", "never connected", "not applied", "applied", "applied late", "unforeseen", "unforeseen applied", "bad request")
            : world.Pick("unavailable", "unforeseen", "never connected");
        double now = TimeSpan.FromTicks(world.Now).TotalSeconds;
        if (now > unkind.Outage.From && now < unkind.Outage.To)
        {
            world.Census.Count("outage");
            fault = isPatch ? world.Pick("not applied", "never connected") : "unavailable";
        }

        if (request is null)
        {
            Probes++;
        }
        else if (request.Id == unkind.PoisonedId)
        {
            _callsOf[call.CorrelationId] = _callsOf.GetValueOrDefault(call.CorrelationId) + 1;
            fault = isPatch ? "not applied" : "none";
        }

        if (isPatch && unkind.ReadsNumbers && fault is "none" or "applied" && HasWord(call))
        {
            fault = "cannot read";
        }

        if (unkind.LosesOne && attempt is not null && !_hasLost && Attempts.IsAnyKnown)
        {
            world.Census.Count("the only answer that is lost");
            (_hasLost, fault) = (true, "applied");
        }

        world.Census.Count((isPatch ? "PATCH " : "GET ") + fault);
        world.Tell($"{call.Method} {request?.Id ?? "probe"} {Short(call.RequestId)} {(call.Body is { } body ? Encoding.UTF8.GetString(body) : string.Empty)} <- {fault}");
        if (isPatch && fault is "none" or "applied" or "unforeseen applied")
        {
            world.After(there, () => Apply(request!, call));
        }
        else if (fault == "applied late")
        {
            world.After(world.Seconds(0.2, Math.Max(0.3, unkind.LongestLate)), () => Apply(request!, call));
        }

        world.After(back, () =>
        {
            if (!answer.Task.IsCompleted)
            {
                Answer(answer, request, call, fault, begun, arrive);
                attempt?.KnownAt = fault is "none" or "refused" or "bad request" or "cannot read" or "never connected" ? world.Now : null;
            }
        }, isAlive);
        return answer.Task;
    }

    private void Apply(SimulatedRequest request, ApiRequest call)
    {
        if (!_remembered.Add(call.RequestId) && unkind.HonoursRequestIds)
        {
            world.Census.Count("request id honoured");
            return;
        }

        using JsonDocument body = JsonDocument.Parse(call.Body);
        string? note = body.RootElement.TryGetProperty("NewNote", out JsonElement added) ? added.GetProperty("Text").GetString() : null;
        string? status = body.RootElement.TryGetProperty("Status", out JsonElement set) ? WireWords.ToWire(WireWords.Status(set.ToString()).Value) : null;
        bool isPart = note is not null && status is not null && world.Happens(unkind.Parts);
        if (isPart)
        {
            world.Census.Count("applied in part");
            status = null;
        }

        if (note is not null)
        {
            request.Notes.Add((Rewrite(note), world.Date + unkind.NoteSkew));
        }

        string? changed = status is not null && status != request.Status ? status : null;
        request.Status = status ?? request.Status;

        // One update may have had several request ids; what they share is its correlation.
        string update = _updates.TryGetValue(call.RequestId, out string? known) ? known : _updates.TryGetValue(call.CorrelationId, out known) ? known : call.RequestId;
        _updates[call.RequestId] = _updates[call.CorrelationId] = update;
        Keep(request, new(world.Now, update, note, changed));
        world.Tell($"applied at {request.Id}: {note ?? "-"} {status ?? "-"} (of {Short(update)})");
    }

    private static bool HasWord(ApiRequest call)
    {
        using JsonDocument body = JsonDocument.Parse(call.Body);
        return body.RootElement.TryGetProperty("Status", out JsonElement set) && set.ValueKind == JsonValueKind.String;
    }

    private void Keep(SimulatedRequest request, SimulatedRequest.Effect effect)
    {
        request.LastModified = world.Date + unkind.ChangeSkew;
        request.Effects.Add(effect);
        request.Keep(world.Now);
    }

    public string Rewrite(string text) => unkind.Rewriting switch
    {
        "entities" => WebUtility.HtmlEncode(text),
        "blanks" => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        "decomposed" => text.Normalize(NormalizationForm.FormD),
        "cut" => text.Length <= 6 ? text : text[..6],
        "surrogates" => text.Replace("\uD83D", "\uFFFD", StringComparison.Ordinal),
        _ => text,
    };

    /// <summary>An id by the order in which it came: the ids themselves are new in every run.</summary>
    private string Short(string id)
    {
        _ids.TryAdd(id, $"#{_ids.Count + 1}");
        return _ids[id];
    }
}
