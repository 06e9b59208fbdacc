using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>A file is judged whole, and what stands on the command line goes to rows that have nothing of it.</summary>
public sealed partial class UpdateFileTests : IDisposable
{
    private const string Id = "616122292874576";
    private const string Customer = "b33e682c-1b4e-4b3a-9f0f-111111111111";
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private UpdateFile Open(string text, CsvOptions? options = null, ServiceRequestChanges? common = null, long before = 0)
    {
        File.WriteAllText(_path, text);
        return new(_path, options ?? new(), common ?? new(), before);
    }

    private ServiceRequestUpdate Single(string text, CsvOptions? options = null)
    {
        using UpdateFile file = Open(text, options);
        Assert.Empty(file.Check(() => false));
        return Assert.Single(file.Updates());
    }

    private string Bad(string text, CsvOptions? options = null)
    {
        using UpdateFile file = Open(text, options);
        return Assert.Single(file.Check(() => false)).Error.Message;
    }

    [Fact]
    public void What_the_row_lacks_the_command_line_gives()
    {
        ServiceRequestUpdate update = Single($"Id,Note,Status,CustomerId\n{Id},,,\n", new(Note: "hello", Status: "closed", CustomerId: Customer));
        Assert.Equal(("hello", ServiceRequestStatus.Closed, Customer), (update.Changes.Note, update.Changes.Status, update.CustomerId));
    }

    [Fact]
    public void What_the_row_has_stays()
    {
        ServiceRequestUpdate update = Single($"Id,Note,Status,CustomerId\n{Id},own,closed,{Customer}\n");
        Assert.Equal(("own", ServiceRequestStatus.Closed, Customer), (update.Changes.Note, update.Changes.Status, update.CustomerId));
    }

    [Theory]
    [InlineData("Note", "own", "notes")]
    [InlineData("Status", "open", "statuses")]
    public void Both_is_a_mistake(string column, string cell, string told)
    {
        string message = Bad($"Id,{column}\n{Id},{cell}\n", column == "Note" ? new(Note: "other") : new(Status: "closed"));
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains("Line 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Note", " ")]
    [InlineData("Status", "\" \"")]
    public void A_blank_cell_is_none(string column, string cell) => Assert.Equal(Id, Single($"Id,{column}\n{Id},{cell}\n", column == "Note" ? new(Note: "other") : new(Status: "closed")).Id);

    [Fact]
    public void Without_any_change_it_is_no_file_of_updates()
    {
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Open($"Id,CustomerId\n{Id},{Customer}\n"));
        Assert.Equal(ErrorIds.InvalidCsv, error.ErrorId);
        Assert.Contains("neither", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, bool, bool, bool> Changes => new()
    {
        { "Note", false, false, false },
        { "Status", false, false, false },
        { "CustomerId", true, false, false },
        { "CustomerId", false, true, false },
        { "CustomerId", false, false, true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_change_will_do(string column, bool note, bool status, bool severity)
    {
        using UpdateFile file = Open($"Id,{column}\n{Id},\n", new(Note: note ? "n" : null, Status: status ? "open" : null), severity ? new() { Severity = ServiceRequestSeverity.Minimal } : null);
        Assert.Equal(0, file.Count);
    }

    [Fact]
    public void Rows_go_on_from_those_before()
    {
        using UpdateFile file = Open($"Id,Note\n{Id},a\n{Id},b\n", before: 10);
        file.Check(() => false);
        Assert.Equal(2, file.Count);
        Assert.Equal([11, 12], file.Updates().Select(update => update.Row));
    }

    [Fact]
    public void Checking_ends_when_it_is_asked_to()
    {
        using UpdateFile file = Open($"Id,Note\n{Id},a\nbad,b\n");
        int asked = 0;
        Assert.Empty(file.Check(() => asked++ > 0));
        Assert.Equal(1, file.Count);
    }

    [Fact]
    public void Every_bad_row_is_told_by_its_line()
    {
        using UpdateFile file = Open($"Id,Note\nbad,a\n{Id},b\n{Id},\n");
        IReadOnlyList<(CsvRow Row, PartnerCenterException Error)> bad = file.Check(() => false);
        Assert.Equal([ErrorIds.InvalidId, ErrorIds.NothingToUpdate], bad.Select(row => row.Error.ErrorId));
        Assert.Equal([2, 4], bad.Select(row => row.Row.Line));
        Assert.All(bad, row => Assert.Contains($"Line {row.Row.Line}", row.Error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_worth_a_word_is_told()
    {
        File.WriteAllBytes(_path, [.. Encoding.ASCII.GetBytes($"Id,Note,Mood,Colour\n{Id},a,b,c\n{Id},"), 0xE9, .. Encoding.ASCII.GetBytes(",,\n")]);
        using Culture _ = new("de-DE");
        using UpdateFile file = new(_path, new(), new());
        string[] warnings = [.. file.Warnings];
        Assert.Equal(2, warnings.Length);
        Assert.Contains("from line 3 on", warnings[0], StringComparison.Ordinal);
        Assert.Contains("windows-1252", warnings[0], StringComparison.Ordinal);
        Assert.EndsWith(": Mood, Colour.", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_worth_a_word_is_silent()
    {
        using UpdateFile file = Open($"Id,Note,\n{Id},a,\n");
        Assert.Empty(file.Warnings);
    }
}
