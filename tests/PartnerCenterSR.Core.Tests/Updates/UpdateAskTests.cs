using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>The call of an update: one id as long as it asks for the same in the same form, a new one where it does not.</summary>
public sealed class UpdateAskTests
{
    private const string Words = """{"NewNote":{"Text":"n"},"Status":"closed"}""";
    private const string Numbers = """{"NewNote":{"Text":"n"},"Status":2}""";
    private static readonly ServiceRequestUpdate Update = new(1, "1", null, new() { Note = "n", Status = ServiceRequestStatus.Closed });
    private readonly PartnerSession _session;
    private readonly UpdateRunContext _run;

    public UpdateAskTests()
    {
        Wire wire = new(_ => Wire.Json("{}"));
        _session = wire.Session();
        _run = new(_session, wire.Options, new(), new(1, _session.Clock), new(_session, wire.Options, 1), Judge.Strict, new(1));
    }

    private static string Body(ApiRequest request) => Encoding.UTF8.GetString(request.Body!);

    private static PartnerCenterException Unreadable(string message = "no") =>
        CallErrors.FromStatus(new(ApiRequest.Patch, Wire.Endpoint), 400, new("3000", message), null, null, null);

    private void SeeNumbers() => _session.Client.Form.See(new ServiceRequest { IsStatusNumber = true });

    [Fact]
    public void It_is_written_as_the_service_writes_when_it_sets_out_and_stays_so()
    {
        UpdateAsk ask = new(_run, Update, null);
        string id = ask.Request.RequestId;
        Assert.Equal(Words, Body(ask.Request));
        SeeNumbers();
        ApiRequest first = ask.Sending();
        Assert.Equal((id, ask.Request.CorrelationId, Numbers), (first.RequestId, first.CorrelationId, Body(first)));
        _session.Client.Form.See(new ServiceRequest { IsStatusNumber = false });
        Assert.Same(first, ask.Sending());
    }

    [Fact]
    public void What_an_earlier_run_sent_is_gone_on_with()
    {
        ServiceRequestChanges rest = new() { Status = ServiceRequestStatus.Closed };
        UpdateAsk ask = new(_run, Update, new("r1", _session.Clock.Now, null, rest));
        Assert.Equal(("r1", rest, """{"Status":"closed"}"""), (ask.Request.RequestId, ask.Changes, Body(ask.Sending())));
    }

    [Fact]
    public void Less_is_asked_by_another_call_under_the_same_correlation()
    {
        UpdateAsk ask = new(_run, Update, null);
        ApiRequest first = ask.Sending();
        ask.Reduce(new() { Status = ServiceRequestStatus.Closed });
        Assert.NotEqual(first.RequestId, ask.Request.RequestId);
        Assert.Equal((first.CorrelationId, """{"Status":"closed"}"""), (ask.Request.CorrelationId, Body(ask.Request)));

        // It has not set out yet.
        SeeNumbers();
        Assert.Equal("""{"Status":2}""", Body(ask.Sending()));
    }

    [Fact]
    public void A_word_that_could_not_be_read_is_written_as_a_number_once()
    {
        UpdateAsk ask = new(_run, Update, null);
        ApiRequest first = ask.Sending();
        PartnerCenterException refusal = Unreadable("first");
        Assert.True(ask.Turn(refusal));
        Assert.NotEqual(first.RequestId, ask.Request.RequestId);
        Assert.Equal((first.CorrelationId, Numbers), (ask.Request.CorrelationId, Body(ask.Sending())));
        PartnerCenterException second = Unreadable("second");
        Assert.False(ask.Turn(second));
        Assert.Same(refusal, ask.Refusal(second));
        PartnerCenterException other = CallErrors.FromStatus(first, 409, ServiceError.None, null, null, null);
        Assert.Same(other, ask.Refusal(other));
    }

    [Fact]
    public void Another_refusal_is_none_of_the_form()
    {
        UpdateAsk ask = new(_run, Update, null);
        ApiRequest first = ask.Sending();
        PartnerCenterException other = CallErrors.FromStatus(first, 409, ServiceError.None, null, null, null);
        Assert.False(ask.Turn(other));
        Assert.Same(first, ask.Request);
        Assert.Same(other, ask.Refusal(other));
        PartnerCenterException unreadable = Unreadable();
        Assert.Same(unreadable, ask.Refusal(unreadable));
    }

    [Fact]
    public void What_was_taken_is_learnt()
    {
        UpdateAsk ask = new(_run, Update, null);
        ask.Sending();
        ask.Turn(Unreadable());
        ask.Sending();
        ask.Accepted();
        Assert.Equal([nameof(ServiceRequest.Status)], _session.Client.Form.Of(Update.Changes).ToArray());
    }

    [Theory]
    [InlineData(false, "Note", false)]
    [InlineData(true, "Note,Status", true)]
    [InlineData(true, "Status", false)]
    public void Its_note_was_sent_where_an_earlier_run_sent_it(bool isUnfinished, string sent, bool hasSentNote) =>
        Assert.Equal(hasSentNote, new UpdateLoop(_run, Update, isUnfinished ? new("r1", _session.Clock.Now, null, Update.Changes.Only(sent.Split(','))) : null).HasSentNote);
}
