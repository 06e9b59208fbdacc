using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service of many requests that lives by a clock of the test's, and a run of one note on each before it.</summary>
internal sealed class ManyRequests : ITransport
{
    private readonly FakeTimeProvider _time = new();
    private readonly HereAndNow _clock;
    private readonly Dictionary<string, List<(string Text, DateTimeOffset At)>> _notes = [];
    private readonly Dictionary<string, int> _counts = [];
    private UpdateEngine _engine = null!;

    public ManyRequests() => _clock = new(_time);

    /// <summary>What becomes of a call: its method, its request or "list", and how often it came by now. Null: it is carried out.</summary>
    public Func<string, string, int, ApiRequest, Task<ApiResponse>?> Does { get; set; } = (_, _, _, _) => null;

    /// <summary>Each call, with the second of its setting out.</summary>
    public List<(double At, string Method, string Id)> Calls { get; } = [];

    public RecordingObserver Heard { get; } = new();

    public CancellationTokenSource Stop { get; } = new();

    public List<UpdateResult> Results { get; } = [];

    public PartnerCenterException? Ended => _engine.Ended;

    public double Now => (_time.GetUtcNow() - _time.Start).TotalSeconds;

    public List<(string Text, DateTimeOffset At)> NotesOf(string id) => _notes.TryGetValue(id, out List<(string Text, DateTimeOffset At)>? notes) ? notes : _notes[id] = [];

    public int Patches(string id) => Calls.Count(call => call.Method == "PATCH" && call.Id == id);

    public static Task<ApiResponse> Refuse(ApiRequest request, int status, double? retryAfter = null) => Task.FromException<ApiResponse>(Refusal(request, status, retryAfter));

    public static PartnerCenterException Refusal(ApiRequest request, int status, double? retryAfter = null) =>
        CallErrors.FromStatus(request, status, ServiceError.None, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null, null, null);

    public async Task<ApiResponse> LaterAsync(double seconds, Func<ApiResponse> answer)
    {
        await _clock.DelayAsync(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        return answer();
    }

    public void Apply(ApiRequest request, string id)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        NotesOf(id).Add((body.RootElement.GetProperty("NewNote").GetProperty("Text").GetString()!, _time.GetUtcNow()));
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
    {
        string id = request.Uri.Segments[^1] == "servicerequests" ? "list" : request.Uri.Segments[^1];
        Calls.Add((Math.Round(Now, 1), request.Method.Method, id));
        int count = _counts[request.Method + id] = _counts.GetValueOrDefault(request.Method + id) + 1;
        return Does(request.Method.Method, id, count, request) ?? Task.FromResult(Carry(request, id) with { Date = _time.GetUtcNow(), ReceivedAt = _clock.Now });
    }

    /// <summary>A run with a row for each request, and whatever time it takes.</summary>
    /// <param name="width">How many at once.</param>
    /// <param name="rows">How many rows. All of one request, where <paramref name="one"/> says so.</param>
    /// <param name="most">The seconds after which it is looked at, ended or not.</param>
    /// <returns>After how many seconds it ended. Null: it did not.</returns>
    public double? Run(int width, int rows, double most = 1000, IJournalStore? store = null, ITokenSource? tokens = null, bool skipUnchanged = false, bool one = false, Action? meanwhile = null)
    {
        PartnerSession session = new(new() { Endpoint = Wire.Endpoint }, tokens ?? new StaticTokenSource("token", SignInFacts.None), this, new(_clock), _clock);
        Results.Clear();
        double start = Now;
        Here(() =>
        {
            using UpdateEngine engine = _engine = new(session, new(width) { SkipUnchanged = skipUnchanged }, store is null ? null : JournalFile.Open(store, new("service", null, null), _clock), new(Heard, Stop.Token), () => { });
            for (int row = 1; row <= rows; row++)
            {
                engine.Post(new(row, one ? "1" : row.ToString(CultureInfo.InvariantCulture), null, new() { Note = "n" }));
            }

            bool isMeanwhile = false;
            while (!Take() && Now - start < most)
            {
                _time.Advance(TimeSpan.FromSeconds(0.25));
                if (Now - start >= 5 && !isMeanwhile)
                {
                    isMeanwhile = true;
                    meanwhile?.Invoke();
                }
            }
        });
        return Results.Count < rows ? null : Now - start;
    }

    private bool Take()
    {
        while (_engine.TryTake(out UpdateResult result))
        {
            Results.Add(result);
        }

        return _engine.Outstanding == 0;
    }

    private ApiResponse Carry(ApiRequest request, string id)
    {
        if (request.Method != HttpMethod.Get)
        {
            Apply(request, id);
            return new(204, []);
        }

        return id == "list" ? Wire.Json("[]") : new(200, JsonSerializer.SerializeToUtf8Bytes(new
        {
            id,
            status = "open",
            notes = NotesOf(id).Select(note => new { text = note.Text, createdDate = note.At.UtcDateTime }),
            lastModifiedDate = _time.Start.UtcDateTime.AddHours(-30),
        }));
    }

    /// <summary>On a thread of its own, where whatever goes on does so at once: one of a test has a context and a scheduler.</summary>
    private static void Here(Action act)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(act));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
