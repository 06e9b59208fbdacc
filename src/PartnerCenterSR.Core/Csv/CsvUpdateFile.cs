using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>A CSV file of updates, of which a copy is kept: what is sent is what was checked, whatever becomes of the file. Rows are read as they are wanted.</summary>
internal sealed class CsvUpdateFile : IDisposable
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly FileStream _file;
    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly string _delimiter;
    private readonly CsvColumns _columns;

    /// <param name="path">The file.</param>
    /// <param name="delimiter">What stands between the cells. Null: whichever the header is parted by.</param>
    /// <exception cref="PartnerCenterException">It is no file of updates.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public CsvUpdateFile(string path, char? delimiter)
    {
        _path = path;
        _file = PrivateCopy.Of(path);
        try
        {
            _encoding = TextEncoding.Detect(_file);
            (_delimiter, _columns) = Header(delimiter);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file itself names changes, or only the requests.</summary>
    public bool HasChanges => _columns.Note is not null || _columns.Status is not null;

    /// <summary>The rows, from the first, each time it is asked for.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        List<string> bad = [];
        using CsvParser parser = Open(_delimiter, bad);
        parser.Read();
        for (long row = 1; ; row++)
        {
            bad.Clear();
            long line = parser.RawRow + 1;
            if (!parser.Read())
            {
                yield break;
            }

            // An odd number of quotation marks: one is open to the end of the file, and the reader is silent about it.
            bool isOpen = parser.RawRecord.Count(c => c == '"') % 2 != 0;

            // Blank lines before the row are passed over by the reader.
            line = isOpen ? line : Math.Max(line, parser.RawRow - LineBreaks(parser.RawRecord));
            yield return bad.Count > 0 || isOpen ? new(line, null, Messages.CsvBadQuotes)
                : parser.Count > _columns.Count && parser.Record!.Skip(_columns.Count).Any(cell => cell.Length > 0)
                    ? new(line, null, Messages.CsvTooManyCells.With(parser.Count, _columns.Count))
                : new(line, Input(parser, row, line), null);
        }
    }

    public void Dispose() => _file.Dispose();

    private static int LineBreaks(string record) => record.TrimEnd('\r', '\n').Count(c => c == '\n');

    private UpdateInput Input(CsvParser parser, long row, long line) => new(row, Messages.Line.With(line), line)
    {
        Id = Cell(parser, _columns.Id),
        Note = Cell(parser, _columns.Note),
        Status = Cell(parser, _columns.Status),
        CustomerId = Cell(parser, _columns.CustomerId),
    };

    private static string? Cell(CsvParser parser, int? column) => column is { } index && index < parser.Count ? parser[index] : null;

    private (string Delimiter, CsvColumns Columns) Header(char? delimiter)
    {
        (string Delimiter, CsvColumns Columns)? best = null;
        foreach (char candidate in delimiter is { } told ? [told] : Delimiters)
        {
            using CsvParser parser = Open(candidate.ToString(), []);
            if (parser.Read() && parser.Record is { } header && CsvColumns.Read(header) is { } columns
                && (best is null || columns.Known > best.Value.Columns.Known))
            {
                best = (candidate.ToString(), columns);
            }
        }

        return best is null ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvEmpty.With(_path))
            : best.Value.Columns.Id is null ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvNoId.With(_path)) { RecommendedAction = Messages.CsvNoIdAction }
            : best.Value;
    }

    private CsvParser Open(string delimiter, List<string> bad)
    {
        _file.Seek(0, SeekOrigin.Begin);
        StreamReader reader = new(_file, _encoding, detectEncodingFromByteOrderMarks: true, 65536, leaveOpen: true);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = true,
            BadDataFound = args => bad.Add(args.Field),
        };
        return new(reader, configuration);
    }
}
