using System;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>Rows as they stand in a file: blank, too long, with quotation marks that are open, in another encoding than was named.</summary>
public sealed class CsvRowsTests : IDisposable
{
    private const string Id = "616122292874576";
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private CsvRow[] Rows(string text, CsvOptions? options = null) => Rows(Encoding.UTF8.GetBytes(text), options);

    private CsvRow[] Rows(byte[] bytes, CsvOptions? options = null)
    {
        File.WriteAllBytes(_path, bytes);
        using CsvUpdateFile file = new(_path, options ?? new());

        // From the first, each time.
        Assert.Equal(file.Rows(), file.Rows());
        return [.. file.Rows()];
    }

    [Fact]
    public void Blank_rows_are_no_rows_and_are_not_counted()
    {
        CsvRow[] rows = Rows($"Id,Note\n,\n{Id},a\n , \n\n{Id},b\n,\n");
        Assert.Equal([(3, 1L), (6, 2L)], rows.Select(row => ((int)row.Line, row.Input!.Row)));
    }

    [Theory]
    [InlineData("x,a,more", "3 cells")]
    [InlineData("x,a,,b", "4 cells")]
    public void More_cells_than_columns_are_a_mistake(string row, string told) => Assert.Contains(told, Assert.Single(Rows($"Id,Note\n{row}\n")).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("x,a,")]
    [InlineData("x,a,,,")]
    [InlineData("x")]
    public void Empty_cells_beyond_the_columns_are_none(string row) => Assert.Equal("x", Assert.Single(Rows($"Id,Note\n{row}\n")).Input!.Id);

    [Fact]
    public void A_cell_that_is_not_there_is_nothing() => Assert.Null(Assert.Single(Rows("Id,Note\nx\n")).Input!.Note);

    [Theory]
    [InlineData("Id,Note\nx,a\ny,\"open\nz,b\n", 3)]
    [InlineData("Id,Note\nx,a\ny,op\"en\nz,b\n", 3)]
    [InlineData("sep=,\nId,Note\nx,a\ny,\"open\nz,b\n", 4)]
    public void A_quotation_mark_that_is_open_is_a_mistake_of_its_line(string text, int line)
    {
        CsvRow bad = Rows(text).First(row => row.Problem is not null);
        Assert.Equal(line, bad.Line);
        Assert.Contains("quotation mark", bad.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_row_leaves_the_next_as_it_is()
    {
        CsvRow[] rows = Rows("Id,Note\nx,a \"b\" c\ny,d\n");
        Assert.Equal([true, false], rows.Select(row => row.Problem is not null));
        Assert.Equal("d", rows[1].Input!.Note);
    }

    [Fact]
    public void The_marks_of_an_armoured_id_are_its_own() => Assert.Contains(Id, Assert.Single(Rows($"Id,Note\n=\"{Id}\",a\n")).Input!.Id, StringComparison.Ordinal);

    [Theory]
    [InlineData("sep=;\nId;Note\nx;a,b\n", "a,b")]
    [InlineData("SEP=|\nId|Note\nx|a,b\n", "a,b")]
    [InlineData("\"sep=;\"\nId;Note\nx;a,b\n", "a,b")]
    [InlineData("sep=\t\nId\tNote\nx\ta,b\n", "a,b")]
    [InlineData("sep=,\nId,Note\nx,a;b\n", "a;b")]
    [InlineData("#TYPE System.Object\nsep=;\nId;Note\nx;a,b\n", "a,b")]
    [InlineData("Id\u061BNote\nx\u061Ba,b;c\n", "a,b;c")]
    [InlineData("\"sep=|\"\nId|Note\nx|a,b\n", "a,b")]
    public void The_delimiter_that_is_told_is_taken(string text, string note) => Assert.Equal(note, Assert.Single(Rows(text)).Input!.Note);

    [Fact]
    public void A_header_that_begins_like_a_preamble_is_one() => Assert.Equal("x", Assert.Single(Rows("separate,Id,Note\n1,x,a\n")).Input!.Id);

    [Fact]
    public void Of_two_delimiters_the_one_that_parts_more_known_columns_is_taken() => Assert.Equal("a", Assert.Single(Rows("Mood, Colour;Id;Note\nb;y;a\n")).Input!.Note);

    [Theory]
    [InlineData("closed", null)]
    [InlineData("Closed", null)]
    [InlineData("open", "open")]
    [InlineData("", "")]
    public void In_an_export_the_state_that_the_request_had_is_no_wish(string status, string? expected) =>
        Assert.Equal(expected, Assert.Single(Rows($"Id,Status,StatusText,Note\n{Id},{status},closed,a\n")).Input!.Status);

    [Fact]
    public void A_row_of_a_journal_has_all_that_was_asked()
    {
        UpdateInput input = Assert.Single(Rows($"Outcome,CorrelationId,StartedAt,ServiceRequestId,CustomerId,Note,Status,Severity,Title,Description\nFailed,c,s,{Id},k,n,open,critical,t,d\n")).Input!;
        Assert.Equal((Id, "k", "n", "open", "critical", "t", "d"), (input.Id, input.CustomerId, input.Note, input.Status, input.Severity, input.Title, input.Description));
        Assert.Equal(("Line 2", 1L, null), (input.Location, input.Row, input.OwnNote));
    }

    [Theory]
    [InlineData("Id,Note\nx,a\ny,é\n", 3, "ascii")]
    [InlineData("sep=,\nId,Note\nx,a\n\ny,é\nz,ü", 5, "ascii")]
    [InlineData("Id,Note\nx,a\ny,b\nzo,c", 4, "utf-16")]
    public void What_is_not_in_the_named_encoding_is_told_by_its_line(string text, int line, string name)
    {
        // A text of an odd number of bytes ends within a letter of two.
        byte[] bytes = name == "ascii" ? Encoding.UTF8.GetBytes(text) : [.. Encoding.Unicode.GetBytes(text), 0x41];
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Rows(bytes, new(Encoding: CodePages.Get(name))));
        Assert.Equal(ErrorIds.InvalidCsv, error.ErrorId);
        Assert.Contains($"Line {line} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_id_says_what_to_do()
    {
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Rows("Note,Status\na,open\n"));
        Assert.Contains("no column Id", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Delimiter", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Id,Comment\nx,a\n")]
    [InlineData("")]
    public void A_file_that_is_refused_is_let_go(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Throws<PartnerCenterException>(() => new CsvUpdateFile(_path, new()));
        File.Delete(_path);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_path)));
    }

    [Fact]
    public void A_header_of_ids_alone_is_parted_by_commas() => Assert.Equal("x", Assert.Single(Rows("Id\nx,\n")).Input!.Id);

    [Fact]
    public void Blank_lines_before_the_header_are_passed_over() => Assert.Equal("x", Assert.Single(Rows("\n\nId,Note\nx,a\n")).Input!.Id);
}
