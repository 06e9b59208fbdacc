using System.Linq;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>Words or numbers: as the answers have them, until an update was taken.</summary>
public sealed class WireFormTests
{
    private const string Status = nameof(ServiceRequest.Status);
    private const string Severity = nameof(ServiceRequest.Severity);
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Open, Severity = ServiceRequestSeverity.Minimal };
    private static readonly ApiRequest Request = new(ApiRequest.Patch, Wire.Endpoint);

    private static PartnerCenterException Refusal(int status, string? code, params string[] fields) =>
        CallErrors.FromStatus(Request, status, ServiceError.None with { Code = code, Fields = fields }, null, null, null);

    [Fact]
    public void Words_before_any_answer() => Assert.Empty(new WireForm().Of(Both));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData(true, null, Status)]
    [InlineData(false, true, Severity)]
    [InlineData(true, true, Status + "," + Severity)]
    public void As_the_answers_have_them(bool? status, bool? severity, string expected)
    {
        WireForm form = new();
        form.See(new ServiceRequest { IsStatusNumber = status, IsSeverityNumber = severity });
        form.See(new ServiceRequest());
        Assert.Equal(expected, string.Join(",", form.Of(Both)));
        Assert.Empty(form.Of(new() { Note = "n" }));
    }

    [Fact]
    public void What_was_taken_stays_whatever_answers_look_like()
    {
        WireForm form = new();
        form.Accept(Both, [Severity]);
        form.See(new ServiceRequest { IsStatusNumber = true, IsSeverityNumber = false });
        Assert.Equal([Severity], form.Of(Both));
    }

    [Theory]
    [InlineData(400, "900126", null, true)]
    [InlineData(400, "3000", null, true)]
    [InlineData(400, null, "status", true)]
    [InlineData(400, null, "Severity", true)]
    [InlineData(400, null, "Title", false)]
    [InlineData(400, "2000", null, false)]
    [InlineData(409, "900126", null, false)]
    [InlineData(500, "3000", "Status", false)]
    public void Only_a_value_that_could_not_be_read_is_a_reason(int status, string? code, string? field, bool expected)
    {
        PartnerCenterException refusal = Refusal(status, code, field is null ? [] : ["Other", field]);
        Assert.Equal(expected, WireForm.IsUnreadable(refusal));
        Assert.Equal(expected, new WireForm().OtherThan([], Both, refusal) is not null);
    }

    [Fact]
    public void Then_the_other_form_is_tried_of_what_was_named()
    {
        WireForm form = new();
        Assert.Equal([Status, Severity], form.OtherThan([], Both, Refusal(400, "3000")));
        Assert.Equal([Severity], form.OtherThan([], Both, Refusal(400, "3000", "severity")));
        Assert.Equal([Status], form.OtherThan([Severity], Both, Refusal(400, "3000", "Title")));
        Assert.Equal([], form.OtherThan([Status, Severity], Both, Refusal(400, "3000"))!.ToArray());
    }

    [Fact]
    public void What_was_taken_in_this_form_is_not_the_reason()
    {
        WireForm form = new();
        form.Accept(new() { Status = ServiceRequestStatus.Open }, []);
        Assert.Equal([Severity], form.OtherThan([], Both, Refusal(400, "3000")));
        Assert.Equal([], form.OtherThan([Status], new() { Status = ServiceRequestStatus.Open }, Refusal(400, "3000"))!.ToArray());
        Assert.Null(form.OtherThan([], new() { Status = ServiceRequestStatus.Open }, Refusal(400, "3000")));
        Assert.Null(form.OtherThan([], new() { Note = "n" }, Refusal(400, "3000")));
    }
}
