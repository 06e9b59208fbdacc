using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>Update-PartnerServiceRequest -Path, with files as people have them.</summary>
public sealed class CsvFileTests : IDisposable
{
    private const string Id = "616122292874576";
    private readonly TestServer _server = TestServer.Start(new() { KeepsCalls = true });
    private readonly Shell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;

    public CsvFileTests() => _shell = Shell.ConnectedTo(_server);

    public void Dispose()
    {
        _shell.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Outcome Update(byte[] file, string more = "")
    {
        string path = Path.Combine(_folder, "updates [1].csv");
        File.WriteAllBytes(path, file);
        return _shell.Run("Update-PartnerServiceRequest -LiteralPath $args[0] " + more, path);
    }

    private Outcome Update(string text, string more = "") => Update(Encoding.UTF8.GetBytes(text), more);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void Delimiters_are_told_apart(string d)
    {
        Update($"Status{d}Id{d}Note\r\nclosed{d}{Id}{d}\"one{d} two\"\r\n").Succeeded();
        Assert.Equal($"one{d} two", _server.Service.NotesOf(Id)[^1]);
        Assert.Equal("closed", _server.Service.ValueOf(Id, "status"));
    }

    [Fact]
    public void Another_delimiter_can_be_named()
    {
        Update($"Id:Note\n{Id}:a,b;c\n", "-Delimiter ':'").Succeeded();
        Assert.Equal("a,b;c", _server.Service.NotesOf(Id)[^1]);
    }

    public static TheoryData<string, bool> Encodings() => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16", false }, { "utf-16BE", true }, { "windows-1252", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encodings_are_read_right(string name, bool mark)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes($"Id,Note\n{Id},Grüße – déjà vu\n");
        Update(mark ? [.. encoding.GetPreamble(), .. text] : text).Succeeded();
        Assert.Equal("Grüße – déjà vu", _server.Service.NotesOf(Id)[^1]);
    }

    [Fact]
    public void Aliases_blank_lines_extra_columns_and_notes_of_several_lines_are_borne()
    {
        Outcome outcome = Update($"Owner,RequestId,NewNote,Title\r\n\r\nme, {Id} ,\"line 1\r\nline 2\",t\r\n\r\n,616122292874581,\"say \"\"hi\"\"\"").Succeeded();
        Assert.Equal([Id, "616122292874581"], outcome.Each("Id"));
        Assert.Equal("line 1\r\nline 2", _server.Service.NotesOf(Id)[^1]);
        Assert.Equal("say \"hi\"", _server.Service.NotesOf("616122292874581")[^1]);
        Assert.All(_server.Calls.Where(call => call.Method == "PATCH"), call => Assert.DoesNotContain("Title", call.BodyText, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_row_means_that_nothing_is_sent_and_all_bad_rows_are_told()
    {
        Outcome outcome = Update($"Id,Note,Status\n{Id},fine,\n6.16122E+14,x,\n\"{Id}\",\"two\nlines\",Finito\n{Id},,\n{Id},too,many,cells\nabc,x,\n{Id},\"open,\n");
        ErrorRecord error = outcome.OneError("InvalidCsv");
        Assert.NotNull(outcome.Terminating);
        Assert.Empty(_server.Calls);
        PSObject[] bad = [.. ((PSObject[])((error.TargetObject as PSObject)?.BaseObject ?? error.TargetObject)).Select(item => item)];
        Assert.Equal([3L, 4L, 6L, 7L, 8L, 9L], bad.Select(row => (long)row.Properties["Line"].Value));
        Assert.Equal(
            ["MangledId", "InvalidStatus", "NothingToUpdate", "InvalidCsv", "InvalidId", "InvalidCsv"],
            bad.Select(row => (string)row.Properties["ErrorId"].Value));
        foreach (string line in new[] { "Line 3:", "Line 4:", "Line 6:", "Line 7:", "Line 8:", "Line 9:" })
        {
            Assert.Contains(line, error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Name,Note\nx,y\n")]
    [InlineData("Id,Title\n616122292874576,y\n")]
    [InlineData("Id,Note,Id\n616122292874576,y,1\n")]
    public void A_file_that_is_none_of_updates_is_refused(string text)
    {
        Outcome outcome = Update(text);
        outcome.OneError("InvalidCsv");
        Assert.NotNull(outcome.Terminating);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        _shell.Run("Update-PartnerServiceRequest -Path $args[0]", Path.Combine(_folder, "none.csv")).OneError("InvalidCsv");

    [Fact]
    public void A_file_of_ids_alone_takes_its_change_from_the_command_line()
    {
        Update($"Id\n{Id}\n", "-Severity Minimal").Succeeded();
        Assert.Equal("minimal", _server.Service.ValueOf(Id, "severity"));
    }

    [Fact]
    public void Progress_has_a_percentage_and_is_completed()
    {
        Outcome outcome = Update("Id,Note\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{SampleData.Id(i % 20)},n{i}\n"))).Succeeded();
        ProgressRecord[] progress = [.. outcome.Streams.Progress.Where(record => record.ActivityId == 616122)];
        Assert.True(progress[0].PercentComplete >= 0);
        Assert.Contains("of 50", progress[0].StatusDescription, StringComparison.Ordinal);
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Fact]
    public void A_row_that_the_service_refuses_is_told_by_its_line_and_can_be_exported()
    {
        ErrorRecord error = Update($"Id,Note\n{Id},a\n\n1234567890,b\n").OneError("NotFound");
        Assert.Contains("Line 4 (1234567890)", error.ErrorDetails.Message, StringComparison.Ordinal);
        PSObject row = new(error.TargetObject);
        Assert.Equal(("1234567890", "b"), ((string)row.Properties["Id"].Value, (string)row.Properties["Note"].Value));
    }
}
