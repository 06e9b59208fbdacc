using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Which calls an update makes, and how it is told: by a service in memory that does with each as the test says.</summary>
public sealed class UpdateRunTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private readonly List<string> _notes = [];
    private readonly Wire _wire;
    private string _status = "open";
    private bool _showsNotes = true;
    private Func<int, ApiRequest, ApiResponse?> _patch = (_, _) => null;
    private Func<int, ApiRequest, ApiResponse?> _get = (_, _) => null;
    private int _patches;
    private int _gets;

    public UpdateRunTests() => _wire = new(request =>
    {
        ApiResponse answer = request.Method == HttpMethod.Get ? _get(++_gets, request) ?? Show() : _patch(++_patches, request) ?? Apply(request);
        return answer with { Date = DateTimeOffset.UtcNow, ReceivedAt = DateTimeOffset.UtcNow };
    });

    private ApiResponse Apply(ApiRequest request, bool note = true, bool status = true)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        if (note && body.RootElement.TryGetProperty("NewNote", out JsonElement text))
        {
            _notes.Add(text.GetProperty("Text").GetString()!);
        }

        if (status && body.RootElement.TryGetProperty("Status", out JsonElement state))
        {
            _status = state.ToString();
        }

        return new(204, []);
    }

    private ApiResponse Show() => new(200, JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "1",
        status = _status,
        notes = _showsNotes ? _notes.Select(text => new { text, createdDate = DateTime.UtcNow }) : null,
        lastModifiedDate = DateTime.UtcNow.AddHours(-30),
    }));

    private List<UpdateResult> Run(UpdateWishes wishes, int retries, params ServiceRequestChanges[] changes)
    {
        ConnectionSettings settings = new() { Endpoint = Wire.Endpoint, MaximumRetryCount = retries, RetryDelay = TimeSpan.FromMilliseconds(1), SettleTime = TimeSpan.Zero };
        using ManualResetEventSlim news = new();
        using UpdateEngine engine = new(_wire.Session(settings: settings), wishes, null, _wire.Options, news.Set);
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
                news.Wait(TimeSpan.FromMilliseconds(50));
                news.Reset();
            }
        }

        return results;
    }

    private UpdateResult Single(ServiceRequestChanges changes, UpdateWishes? wishes = null, int retries = 2) => Assert.Single(Run(wishes ?? new(1), retries, changes));

    private string Calls => string.Join(" ", _wire.Asked.Select(request => request.Method == HttpMethod.Get ? "GET" : Encoding.UTF8.GetString(request.Body!).Contains("NewNote", StringComparison.Ordinal) ? "PATCH" : "patch"));

    private int Ids => _wire.Asked.Where(request => request.Method != HttpMethod.Get).Select(request => request.RequestId).Distinct().Count();

    [Fact]
    public void It_is_sent_once_and_read_back()
    {
        UpdateResult result = Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Succeeded, 1, null, null), (Calls, result.Outcome, result.Attempts, result.Error, result.Contradiction));
        Assert.Equal(ServiceRequestStatus.Closed, result.Request!.Status);
        Assert.NotNull(result.SeenBy);
        Assert.Single(_wire.Asked.Select(request => request.CorrelationId).Distinct());
    }

    [Fact]
    public void An_answer_with_the_request_is_not_read_back()
    {
        _patch = (_, request) =>
        {
            Apply(request);
            return Show();
        };
        Assert.Equal(ServiceRequestStatus.Closed, Single(Both).Request!.Status);
        Assert.Equal("PATCH", Calls);
    }

    [Fact]
    public void Quietly_nothing_is_read()
    {
        UpdateResult result = Single(Both, new(1) { IsQuiet = true });
        Assert.Equal(("PATCH", UpdateOutcome.Succeeded, null, null), (Calls, result.Outcome, result.Request, result.Error));
        Assert.NotNull(result.SeenBy);
    }

    [Fact]
    public void What_did_not_land_is_sent_again_under_its_id()
    {
        _patch = (number, request) => number == 1 ? Wire.Refuse(request, 500) : null;
        UpdateResult result = Single(Both);
        Assert.Equal(("PATCH GET PATCH GET", UpdateOutcome.Succeeded, 2, 1), (Calls, result.Outcome, result.Attempts, Ids));
        Assert.Single(_notes);
    }

    [Fact]
    public void What_landed_is_not()
    {
        _patch = (_, request) =>
        {
            Apply(request);
            return Wire.Refuse(request, 504);
        };
        UpdateResult result = Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Succeeded, 1), (Calls, result.Outcome, result.Attempts));
        Assert.Single(_notes);
        Assert.NotNull(result.Request);
    }

    [Fact]
    public void Of_a_half_the_rest_is_sent_as_another_update()
    {
        _patch = (number, request) =>
        {
            Apply(request, note: number > 1);
            return number == 1 ? Wire.Refuse(request, 500) : null;
        };
        UpdateResult result = Single(Both);
        Assert.Equal(("PATCH GET PATCH GET", UpdateOutcome.Succeeded, 2, 2), (Calls, result.Outcome, result.Attempts, Ids));
        Assert.Equal(("closed", 2), (_status, _notes.Count));
    }

    [Fact]
    public void What_nobody_can_know_is_told_so()
    {
        _showsNotes = false;
        _patch = (_, request) => Wire.Refuse(request, 500);
        UpdateResult result = Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Unknown, ErrorIds.OutcomeUnknown, 1), (Calls, result.Outcome, result.Error!.ErrorId, result.Attempts));
        Assert.Equal((500, Messages.OutcomeUnknownAction), (result.Error.StatusCode, result.Error.RecommendedAction));
        Assert.True(result.IsInTheWay);
    }

    [Fact]
    public void What_cannot_be_read_back_is_unknown_too()
    {
        _patch = (_, request) => Wire.Refuse(request, 500);
        _get = (_, request) => Wire.Refuse(request, 404);
        Assert.Equal((UpdateOutcome.Unknown, "PATCH GET"), (Single(Both).Outcome, Calls));
    }

    [Fact]
    public void A_reading_that_fails_for_a_while_is_made_again()
    {
        _patch = (_, request) => Wire.Refuse(request, 500);
        _get = (number, request) => number < 3 ? Wire.Refuse(request, 500) : null;
        UpdateResult result = Single(Both, retries: 1);
        Assert.StartsWith("PATCH GET GET GET", Calls, StringComparison.Ordinal);
        Assert.Equal(UpdateOutcome.Failed, result.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void What_never_lands_is_sent_so_often_and_fails_and_those_behind_it_wait(int retries)
    {
        _patch = (_, request) => Wire.Refuse(request, 500);
        List<UpdateResult> results = Run(new(1), retries, Both, new() { Note = "second" });
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.ServiceUnavailable, retries + 1), (results[0].Outcome, results[0].Error!.ErrorId, results[0].Attempts));
        Assert.Equal(retries + 1, _patches);
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.NotSent, true, 0), (results[1].Outcome, results[1].Error!.ErrorId, results[1].IsNotSent, results[1].Attempts));
        Assert.Contains(Messages.Row.With(1), results[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_is_in_nobodys_way()
    {
        _patch = (number, request) => number == 1 ? Wire.Refuse(request, 400) : null;
        List<UpdateResult> results = Run(new(1), 2, Both, new() { Note = "second" });
        Assert.Equal([UpdateOutcome.Failed, UpdateOutcome.Succeeded], results.Select(result => result.Outcome));
        Assert.Equal((ErrorIds.InvalidRequest, false, 1), (results[0].Error!.ErrorId, results[0].IsInTheWay, results[0].Attempts));
        Assert.Equal(["second"], _notes);
    }

    [Fact]
    public void Updates_of_one_request_go_one_after_another()
    {
        List<UpdateResult> results = Run(new(8), 2, [.. Enumerable.Range(1, 8).Select(number => new ServiceRequestChanges { Note = "note " + number })]);
        Assert.All(results, result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.Equal(Enumerable.Range(1, 8).Select(number => "note " + number), _notes);
        Assert.Equal(string.Join(" ", Enumerable.Repeat("PATCH GET", 8)), Calls);
    }

    [Theory]
    [InlineData("open", false, "GET PATCH GET")]
    [InlineData("closed", false, "GET PATCH GET")]
    [InlineData("open", true, "GET patch GET")]
    [InlineData("closed", true, "GET")]
    public void Only_what_is_missing_is_sent_where_that_is_asked_for(string status, bool hasNote, string calls)
    {
        (_status, _) = (status, hasNote);
        _notes.AddRange(hasNote ? [" n "] : []);
        UpdateResult result = Single(Both, new(1) { SkipUnchanged = true });
        Assert.Equal((calls, calls == "GET" ? UpdateOutcome.Unchanged : UpdateOutcome.Succeeded), (Calls, result.Outcome));
        Assert.Equal(("closed", 1), (_status, _notes.Count));
        Assert.Equal(calls == "GET" ? 0 : 1, result.Attempts);
        Assert.NotNull(result.Request);
    }

    [Fact]
    public void Without_notes_nobody_knows_what_is_missing()
    {
        _showsNotes = false;
        UpdateResult result = Single(Both, new(1) { SkipUnchanged = true });
        Assert.Equal(("GET", ErrorIds.NotSent), (Calls, result.Error!.ErrorId));
        _wire.Asked.Clear();
        Assert.Equal(UpdateOutcome.Succeeded, Single(new() { Status = ServiceRequestStatus.Closed }, new(1) { SkipUnchanged = true }).Outcome);
    }

    [Fact]
    public void A_request_that_cannot_be_read_first_is_tried_again_and_then_the_error()
    {
        _get = (_, request) => Wire.Refuse(request, 500);
        UpdateResult result = Single(Both, new(1) { SkipUnchanged = true }, retries: 1);
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.ServiceUnavailable, 0, 0), (result.Outcome, result.Error!.ErrorId, result.Attempts, _patches));
        Assert.InRange(_gets, 2, 6);
        (_gets, _get) = (0, (_, request) => Wire.Refuse(request, 404));
        Assert.Equal(ErrorIds.NotFound, Single(Both, new(1) { SkipUnchanged = true }).Error!.ErrorId);
        Assert.Equal(1, _gets);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_is_accepted_and_not_shown_is_told(bool note, bool status)
    {
        _patch = (_, request) => Apply(request, note, status);
        UpdateResult result = Single(Both);
        Assert.Equal(UpdateOutcome.Succeeded, result.Outcome);
        Assert.Contains(status ? "note" : "Closed", result.Contradiction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_that_cannot_be_read_back_is_one_all_the_same()
    {
        _get = (_, request) => Wire.Refuse(request, 403);
        UpdateResult result = Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, null, ErrorIds.AccessDenied, 1), (result.Outcome, result.Request, result.Error!.ErrorId, _gets));
        _get = (number, request) => number == 2 ? Wire.Refuse(request, 500) : null;
        Assert.NotNull(Single(Both).Request);
        Assert.Equal(3, _gets);
    }

    [Fact]
    public void A_state_that_could_not_be_read_is_sent_in_the_other_form_as_another_call()
    {
        _patch = (_, request) => Encoding.UTF8.GetString(request.Body!).Contains("closed", StringComparison.Ordinal) ? Wire.Refuse(request, 400, "3000") : Apply(request);
        UpdateResult result = Single(Both, retries: 0);
        Assert.Equal((UpdateOutcome.Succeeded, 2, 2, "2"), (result.Outcome, result.Attempts, Ids, _status));
        _patch = (_, request) => Wire.Refuse(request, 400, "3000");
        UpdateResult refused = Single(Both);
        Assert.Equal((UpdateOutcome.Failed, "3000"), (refused.Outcome, refused.Error!.ServiceErrorCode));
    }

    [Fact]
    public void What_nobody_foresaw_may_have_landed()
    {
        _patch = (number, request) =>
        {
            Apply(request);
            throw new InvalidOperationException("unforeseen");
        };
        Assert.Equal((UpdateOutcome.Succeeded, 1), (Single(Both).Outcome, _notes.Count));
    }

    [Fact]
    public void A_refused_token_ends_the_run()
    {
        _patch = (_, request) => Wire.Refuse(request, 401);
        List<UpdateResult> results = Run(new(1), 2, Both, Both, Both);
        Assert.Equal(1, _patches);
        Assert.True(results[0].IsEnd);
        Assert.All(results, result => Assert.Equal((UpdateOutcome.Failed, ErrorIds.Unauthenticated), (result.Outcome, result.Error!.ErrorId)));
        Assert.All(results.Skip(1), result => Assert.True(result.IsNotSent));
    }
}
