using System;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>Files as people have them.</summary>
public sealed class CsvUpdateFileTests : IDisposable
{
    private const string Id = "616122292874576";
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private UpdateInput[] Read(byte[] bytes, char? delimiter = null)
    {
        File.WriteAllBytes(_path, bytes);
        using CsvUpdateFile file = new(_path, new(delimiter));
        return [.. file.Rows().Select(row => row.Input!)];
    }

    private UpdateInput Single(string text, char? delimiter = null) => Assert.Single(Read(Encoding.UTF8.GetBytes(text), delimiter));

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Delimiters_are_told_apart(string d)
    {
        UpdateInput row = Single($"Status{d}Id{d}Note\r\nclosed{d}{Id}{d}\"one{d} two\"\r\n");
        Assert.Equal((Id, "closed", $"one{d} two"), (row.Id, row.Status, row.Note));
    }

    [Fact]
    public void Another_delimiter_can_be_named() => Assert.Equal("a,b;c", Single($"Id:Note\n{Id}:a,b;c\n", ':').Note);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public void Encodings_are_read_right(string name, bool mark)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes($"Id,Note\n{Id},Grüße – déjà vu\n");
        Assert.Equal("Grüße – déjà vu", Assert.Single(Read(mark ? [.. encoding.GetPreamble(), .. text] : text)).Note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Name,Note\nx,y\n")]
    [InlineData("Id,Note,Id\n616122292874576,y,1\n")]
    public void A_file_that_is_none_of_updates_is_refused(string text) =>
        Assert.Equal("InvalidCsv", Assert.Throws<PartnerCenterException>(() => Read(Encoding.UTF8.GetBytes(text))).ErrorId);

    public static TheoryData<string, int, string> Layouts
    {
        get
        {
            TheoryData<string, int, string> layouts = [];
            foreach (string preamble in new[] { "", "sep=,\n", "#TYPE System.Object\n" })
            {
                foreach (string note in new[] { "a", "\"a\nb\"", "\"a\r\nb\r\nc\"" })
                {
                    foreach (int blank in new[] { 0, 1, 2 })
                    {
                        layouts.Add(preamble, blank, note);
                    }
                }
            }

            return layouts;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_row_has_the_line_that_an_editor_shows(string preamble, int blank, string note)
    {
        string before = preamble + $"Id,Note\n{Id},{note}\n" + string.Concat(Enumerable.Repeat("\n", blank));
        int line = before.Count(c => c == '\n') + 1;
        File.WriteAllText(_path, before + $"bad,n\n{Id},n\n");
        using CsvUpdateFile file = new(_path, new());
        CsvRow[] rows = [.. file.Rows()];
        Assert.Equal([line, line + 1], rows.Skip(1).Select(row => row.Line));
    }
}
