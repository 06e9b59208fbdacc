using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>One request of a service in memory, which does with each call as a test says; and the real engine before it.</summary>
internal sealed class MemoryService
{
    public List<string> Notes { get; } = [];

    private readonly List<DateTime> _dates = [];
    private readonly Wire _wire;
    private string _status = "open";
    private PartnerSession? _session;

    /// <summary>Whether all runs share a connection.</summary>
    public bool KeepsSession { get; init; }

    public PartnerSession Session => _session!;

    /// <summary>Whoever sets it modifies the request.</summary>
    public string Status
    {
        get => _status;
        set => (Modified, _status) = (value == _status ? Modified : Clock.WallNow, value);
    }

    public DateTimeOffset? Modified { get; set; }

    /// <summary>Whether its answers have notes at all.</summary>
    public bool ShowsNotes { get; set; } = true;
    /// <summary>What becomes of a PATCH, by its number from 1. Null: it is carried out.</summary>
    public Func<int, ApiRequest, ApiResponse?> Patch { get; set; } = (_, _) => null;
    /// <summary>The same of a GET.</summary>
    public Func<int, ApiRequest, ApiResponse?> Get { get; set; } = (_, _) => null;
    public TimeSpan SettleTime { get; set; } = TimeSpan.Zero;
    public Clock Clock { get; set; } = new(TimeProvider.System);
    public RecordingObserver Heard => _wire.Heard;
    public int Patches { get; private set; }
    public int Gets { get; set; }

    public MemoryService() => _wire = new(request =>
    {
        ApiResponse answer = request.Method == HttpMethod.Get ? Get(++Gets, request) ?? Show() : Patch(++Patches, request) ?? Apply(request);
        return answer with { Date = Clock.WallNow, ReceivedAt = Clock.Now };
    });

    public ApiResponse Apply(ApiRequest request, bool note = true, bool status = true)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        if (note && body.RootElement.TryGetProperty("NewNote", out JsonElement text))
        {
            Notes.Add(text.GetProperty("Text").GetString()!);
        }

        if (status && body.RootElement.TryGetProperty(nameof(Status), out JsonElement state))
        {
            Status = state.ToString();
        }

        return new(204, []);
    }

    /// <summary>A note is dated when it is first shown.</summary>
    private DateTime DateOf(int index)
    {
        while (_dates.Count <= index)
        {
            _dates.Add(Clock.WallNow.UtcDateTime);
        }

        return _dates[index];
    }

    public ApiResponse Show() => new(200, JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "1",
        status = Status,
        notes = ShowsNotes ? Notes.Select((text, index) => new { text, createdDate = DateOf(index) }) : null,
        lastModifiedDate = (Modified ?? Clock.WallNow.AddHours(-30)).UtcDateTime,
    }));

    /// <summary>Where the run keeps its journal. Null: nowhere.</summary>
    public IJournalStore? Journal { get; set; }

    /// <summary>Stops the run.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public List<UpdateResult> Run(UpdateWishes wishes, int retries, params ServiceRequestChanges[] changes)
    {
        ConnectionSettings settings = new() { Endpoint = Wire.Endpoint, MaximumRetryCount = retries, RetryDelay = TimeSpan.FromMilliseconds(1), SettleTime = SettleTime };
        using ManualResetEventSlim news = new();
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(20));
        PartnerSession session = KeepsSession && _session is { } kept ? kept : _session = _wire.Session(settings: settings, clock: Clock);
        JournalFile? journal = Journal is { } store ? JournalFile.Open(store, new("service", null, null), session.Clock) : null;
        using UpdateEngine engine = new(session, wishes, journal, _wire.Options with { Cancellation = Stop.Token, Waiting = Stop.Token }, news.Set);
        for (int row = 1; row <= changes.Length; row++)
        {
            engine.Post(new(row, "1", null, changes[row - 1]));
        }

        List<UpdateResult> results = [];
        while (engine.Outstanding > 0)
        {
            if (engine.TryTake(out UpdateResult result))
            {
                results.Add(result);
            }
            else
            {
                news.Wait(TimeSpan.FromMilliseconds(50), deadline.Token);
                news.Reset();
            }
        }

        return results;
    }

    public UpdateResult Single(ServiceRequestChanges changes, UpdateWishes? wishes = null, int retries = 2) => Assert.Single(Run(wishes ?? new(1), retries, changes));

    /// <summary>What it was asked, in order; a patch in small letters has no note.</summary>
    public string Calls => string.Join(" ", _wire.Asked.Select(request => request.Method == HttpMethod.Get ? "GET" : Encoding.UTF8.GetString(request.Body!).Contains("NewNote", StringComparison.Ordinal) ? "PATCH" : "patch"));

    /// <summary>How many MS-RequestIds updates had.</summary>
    public int Ids => _wire.Asked.Where(request => request.Method != HttpMethod.Get).Select(request => request.RequestId).Distinct().Count();

    public IReadOnlyList<ApiRequest> Asked => _wire.Asked;
}
