using System;
using System.Collections.Generic;
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

/// <summary>One request of a service that lives by a clock of the test's, and commands of one connection, side by side.</summary>
internal sealed class SideBySide : ITransport
{
    // No whole minute: such a date proves nothing.
    private readonly FakeTimeProvider _time = new(new(2026, 1, 2, 12, 0, 7, TimeSpan.Zero));
    private readonly List<(string Name, UpdateEngine Engine)> _commands = [];
    private readonly Dictionary<string, UpdateResult> _results = [];

    public SideBySide(int retries = 3, double delay = 4, bool signsInSlowly = false, double settle = 30)
    {
        Clock = new(_time);
        Session = new(
            new() { Endpoint = Wire.Endpoint, MaximumRetryCount = retries, RetryDelay = TimeSpan.FromSeconds(delay), SettleTime = TimeSpan.FromSeconds(settle) },
            signsInSlowly ? new SlowTokens(() => Clock.DelayAsync(TimeSpan.FromSeconds(120), CancellationToken.None)) : new StaticTokenSource("token", SignInFacts.None),
            this,
            new(Clock),
            Clock);
    }

    public HereAndNow Clock { get; }

    public PartnerSession Session { get; }

    public List<(string Text, DateTimeOffset At)> Notes { get; } = [];

    public string Status { get; set; } = "open";

    public DateTimeOffset? Modified { get; set; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>How often an update came.</summary>
    public int Patches { get; private set; }

    /// <summary>What becomes of a call, and of an update by its number. Null: it is carried out.</summary>
    public Func<ApiRequest, int, Task<ApiResponse>?> Does { get; set; } = (_, _) => null;

    public UpdateResult this[string command] => _results[command];

    public static Task<ApiResponse> Refuse(ApiRequest request, int status, double? retryAfter = null) => ManyRequests.Refuse(request, status, retryAfter);

    public static Task<ApiResponse> NeverConnected() => Task.FromException<ApiResponse>(new PartnerCenterException(ErrorIds.ConnectionFailed, "refused"));

    public Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options) =>
        (request.Method == HttpMethod.Get ? Does(request, 0) : Does(request, ++Patches)) ?? Task.FromResult(Carry(request));

    public ApiResponse Carry(ApiRequest request, bool status = true) => (request.Method == HttpMethod.Get ? Show() : Apply(request, status)) with { Date = Now, ReceivedAt = Clock.Now };

    public async Task<ApiResponse> LaterAsync(double seconds, Func<ApiResponse> answer)
    {
        await Clock.DelayAsync(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        return answer();
    }

    public ApiResponse Show() => new(200, JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "1",
        status = Status,
        notes = Notes.Select(note => new { text = note.Text, createdDate = note.At.UtcDateTime }),
        lastModifiedDate = (Modified ?? _time.Start.AddHours(-30)).UtcDateTime,
    }));

    /// <summary>A command with one update, under way from now on.</summary>
    public UpdateEngine Start(string name, ServiceRequestChanges changes, bool skipUnchanged = false, IJournalStore? store = null, bool isQuiet = false, CancellationToken stop = default)
    {
        JournalFile? journal = store is null ? null : JournalFile.Open(store, new("service", null, null), Clock);
        UpdateEngine engine = new(Session, new(4) { SkipUnchanged = skipUnchanged, IsQuiet = isQuiet }, journal, new(new RecordingObserver(), stop), () => { });
        _commands.Add((name, engine));
        engine.Post(new(1, "1", null, changes));
        return engine;
    }

    /// <summary>Its process ends: its journal is whole.</summary>
    public void End(string name)
    {
        _commands.Find(command => command.Name == name).Engine.Dispose();
        _commands.RemoveAll(command => command.Name == name);
    }

    /// <summary>Another command reads the request.</summary>
    public void Look() => _ = Session.Client.ReadOnceAsync("1", null, new(new RecordingObserver(), CancellationToken.None), "c");

    public void Pass(double seconds)
    {
        for (DateTimeOffset end = Now.AddSeconds(seconds); ; _time.Advance(TimeSpan.FromSeconds(0.25)))
        {
            foreach ((string name, UpdateEngine engine) in _commands)
            {
                while (engine.TryTake(out UpdateResult result))
                {
                    _results.Add(name, result);
                }
            }

            if (Now >= end)
            {
                return;
            }
        }
    }

    /// <summary>A first success, by which the dates of the service are proven; and what a test does behind it, where whatever goes on does so at once.</summary>
    public void Here(Action act, Action? before = null)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(() =>
        {
            before?.Invoke();
            Start("first", new() { Note = "first", Status = ServiceRequestStatus.Open });
            Pass(61);
            Patches = 0;
            act();
            _commands.ForEach(command => command.Engine.Dispose());
        }));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private ApiResponse Apply(ApiRequest request, bool status)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        Modified = Now;
        if (body.RootElement.TryGetProperty("NewNote", out JsonElement note))
        {
            Notes.Add((note.GetProperty("Text").GetString()!, Now));
        }

        Status = status && body.RootElement.TryGetProperty(nameof(Status), out JsonElement set) ? set.ToString() : Status;
        return new(204, []);
    }
}
