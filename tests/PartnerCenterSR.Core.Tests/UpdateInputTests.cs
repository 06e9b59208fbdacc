using System;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

/// <summary>What a row asks for, together with what the command line asks for.</summary>
public sealed partial class UpdateInputTests
{
    private const string Id = "616122292874576";
    private static readonly UpdateInput Row = new(3, "Row 3", "source") { Id = Id };

    private static ServiceRequestChanges Changes(UpdateInput input, ServiceRequestChanges? common = null) => UpdateValidator.Validate(input, common ?? new()).Changes;

    private static PartnerCenterException Refused(UpdateInput input) => Assert.Throws<PartnerCenterException>(() => UpdateValidator.Validate(input, new()));

    [Fact]
    public void It_keeps_its_place_and_its_source()
    {
        ServiceRequestUpdate update = UpdateValidator.Validate(Row with { Note = " n " }, new());
        Assert.Equal((3L, Id, null, "Row 3", "source", "n"), (update.Row, update.Id, update.CustomerId, update.Location, update.Source, update.Changes.Note));
    }

    [Fact]
    public void Note_and_state_of_the_row_go_before_the_commands_and_the_rest_behind()
    {
        ServiceRequestChanges common = new() { Note = "common", Status = ServiceRequestStatus.Open, Severity = ServiceRequestSeverity.Critical, Title = "ct", Description = "cd" };
        UpdateInput row = Row with { Note = "own", Status = "closed", Severity = "minimal", Title = "t", Description = "d" };
        Assert.Equal(common with { Note = "own", Status = ServiceRequestStatus.Closed }, Changes(row, common));
        Assert.Equal(common, Changes(Row with { Note = " ", Status = "\t", Severity = "", Title = " ", Description = " " }, common));
        Assert.Equal(new() { Note = "own", Status = ServiceRequestStatus.Closed, Severity = ServiceRequestSeverity.Minimal, Title = "t", Description = "d" }, Changes(row));
    }

    [Fact]
    public void Nothing_asked_for_is_an_error()
    {
        PartnerCenterException error = Refused(Row with { Title = " ", Description = " " });
        Assert.Equal((ErrorIds.NothingToUpdate, Messages.NothingToUpdate), (error.ErrorId, error.Message));
    }

    [Theory]
    [InlineData("own", null, true)]
    [InlineData("own", " ", true)]
    [InlineData("own", "n", false)]
    [InlineData(" ", null, false)]
    public void A_requests_own_new_note_is_nobodys_wish(string own, string? note, bool isRefused)
    {
        UpdateInput row = Row with { OwnNote = own, Note = note, Status = "open" };
        if (isRefused)
        {
            Assert.Equal((ErrorIds.InvalidNote, Messages.ExportNewNote), (Refused(row).ErrorId, Refused(row).Message));
        }
        else
        {
            Changes(row);
        }
    }

    [Theory]
    [InlineData("severe")]
    [InlineData("unknown")]
    [InlineData("9")]
    public void A_severity_that_is_none_is_told(string severity) => Assert.Contains(severity, Refused(Row with { Severity = severity }).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("#N/A")]
    [InlineData("#¡VALOR!")]
    [InlineData("#REF!")]
    [InlineData("####")]
    [InlineData("Err:502")]
    [InlineData("NULL")]
    [InlineData("NaN")]
    [InlineData("System.Object[]")]
    [InlineData("@{Text=a}")]
    public void What_programs_write_for_no_value_is_no_text(string text)
    {
        Assert.Equal(Messages.NoteIsLiteral.With(text), Refused(Row with { Note = text }).Message);
        Assert.Equal(ErrorIds.InvalidNote, Refused(Row with { Title = text }).ErrorId);
        Assert.Equal(ErrorIds.InvalidNote, Refused(Row with { Description = text }).ErrorId);
    }

    [Theory]
    [InlineData("a\uFFFDb", true)]
    [InlineData("\uD83D\uDE00", false)]
    [InlineData("a😀b😀", false)]
    public void A_text_with_half_a_letter_is_broken(string text, bool isBroken)
    {
        if (isBroken)
        {
            PartnerCenterException error = Refused(Row with { Note = text });
            Assert.Equal((ErrorIds.InvalidNote, Messages.NoteIsBrokenAction), (error.ErrorId, error.RecommendedAction));
        }
        else
        {
            Assert.Equal(text, Changes(Row with { Note = text }).Note);
        }
    }

    [Theory]
    [InlineData("=\"616122292874576\"", true)]
    [InlineData(" '616122292874576 ", true)]
    [InlineData("616122292874576.0", true)]
    [InlineData("616122292874576,00", true)]
    [InlineData("616122292874576.000", false)]
    [InlineData("616122292874576.5", false)]
    public void An_armoured_id_is_taken_out_of_it(string text, bool isArmoured)
    {
        Assert.Equal(isArmoured, UpdateValidator.IsArmoured(text));
        Assert.Equal(isArmoured ? Id : ErrorIds.InvalidId, isArmoured ? UpdateValidator.Id(text) : Assert.Throws<PartnerCenterException>(() => UpdateValidator.Id(text)).ErrorId);
    }

    [Fact]
    public void Each_wrong_id_has_its_words()
    {
        Assert.Equal(Messages.MissingId, Refused(Row with { Id = null, Note = "n" }).Message);
        Assert.Equal(Messages.MissingId, Refused(Row with { Id = " ", Note = "n" }).Message);
        Assert.Equal(Messages.MangledId.With("6E+14"), Refused(Row with { Id = "6E+14", Note = "n" }).Message);
        Assert.Equal((Messages.InvalidId.With("x"), Messages.InvalidIdAction), (Refused(Row with { Id = "x", Note = "n" }).Message, Refused(Row with { Id = "x", Note = "n" }).RecommendedAction));
    }

    [Theory]
    [InlineData("none", ServiceRequestStatus.None)]
    [InlineData(" Attention Needed ", ServiceRequestStatus.AttentionNeeded)]
    [InlineData("unknown", ServiceRequestStatus.Unknown)]
    public void A_state_to_look_for_may_be_any(string text, ServiceRequestStatus status) => Assert.Equal(status, UpdateValidator.AnyStatus(text));

    [Theory]
    [InlineData("finito")]
    [InlineData(null)]
    public void But_one_that_is_none_is_told_with_all_there_are(string? text) =>
        Assert.Contains("AttentionNeeded", Assert.Throws<PartnerCenterException>(() => UpdateValidator.AnyStatus(text)).Message, StringComparison.Ordinal);
}
