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
    // The last is what Export-Csv -UseCulture takes in Persian and Arabic.
    private static readonly char[] Delimiters = [',', ';', '\t', '|', '\u061B'];

    private readonly FileStream _file;
    private readonly string _path;
    private readonly TextEncoding _encoding;
    private readonly string _delimiter;
    private readonly int _linesBefore;
    private readonly CsvColumns _columns;

    /// <param name="path">The file.</param>
    /// <param name="options">How it is to be read. Where no delimiter is named, the header is parted by it.</param>
    /// <exception cref="PartnerCenterException">It is no file of updates.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public CsvUpdateFile(string path, CsvOptions options)
    {
        _path = path;
        _file = PrivateCopy.Of(path);
        try
        {
            _encoding = TextEncoding.Detect(_file, path, options.Encoding);
            (_linesBefore, char? told) = Preamble();
            (_delimiter, _columns) = Header(options.Delimiter ?? told);
            _columns.RequireNoneNearly();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file itself names changes, or only the requests.</summary>
    public bool HasChanges => _columns.Note is not null || _columns.Status is not null;

    /// <summary>The line from which on the encoding is but the culture's, and its name. Null: it is no guess.</summary>
    public (long Line, string Name)? GuessedEncoding => _encoding.GuessedFrom is { } line ? (line, _encoding.Encoding.WebName) : null;

    /// <summary>The headers of columns that are not used.</summary>
    public IReadOnlyList<string> UnusedColumns => _columns.Unused;

    /// <summary>The rows, from the first, each time it is asked for.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        List<string> bad = [];
        using CsvParser parser = Open(_delimiter, bad);
        Read(parser);
        for (long row = 1; ; row++)
        {
            bad.Clear();
            long line = parser.RawRow + 1 + _linesBefore;
            if (!Read(parser))
            {
                yield break;
            }

            if (parser.Record!.All(string.IsNullOrWhiteSpace))
            {
                // A spreadsheet's blank row.
                row--;
                continue;
            }

            // An odd number of quotation marks: one is open to the end of the file, and the reader is silent about it.
            bool isOpen = parser.RawRecord.Count(c => c == '"') % 2 != 0;

            // Blank lines before the row are passed over by the reader.
            line = isOpen ? line : Math.Max(line, parser.RawRow + _linesBefore - LineBreaks(parser.RawRecord));
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
        Status = Status(parser),
        CustomerId = Cell(parser, _columns.CustomerId),
        OwnNote = Cell(parser, _columns.OwnNote),
        Severity = Cell(parser, _columns.Severity),
        Title = Cell(parser, _columns.Title),
        Description = Cell(parser, _columns.Description),
    };

    /// <summary>A status equal to the one that an export of ours says the request had is no wish.</summary>
    private string? Status(CsvParser parser)
    {
        string? wanted = Cell(parser, _columns.Status);
        return Cell(parser, _columns.OwnStatus) is { } own && wanted is not null && WireWords.AreSameStatus(own, wanted) ? null : wanted;
    }

    /// <exception cref="PartnerCenterException">It is not in the encoding that was named.</exception>
    private bool Read(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (DecoderFallbackException error)
        {
            throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvEncodingImpossible.With(_path, _encoding.FirstImpossibleLine(_file), _encoding.Encoding.WebName), error);
        }
    }

    /// <summary>What stands before the header: the delimiter as a spreadsheet writes it, and the type as Export-Csv does.</summary>
    private (int Lines, char? Delimiter) Preamble()
    {
        _file.Seek(0, SeekOrigin.Begin);
        using StreamReader reader = new(_file, _encoding.Encoding, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true);
        int lines = 0;
        char? delimiter = null;
        try
        {
            for (string? line = reader.ReadLine(); line is not null; line = reader.ReadLine(), lines++)
            {
                string bare = line.Trim().Trim('"');
                if (bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && bare.Length <= 5)
                {
                    delimiter = bare.Length == 5 ? bare[4] : '\t';
                }
                else if (!bare.StartsWith("#TYPE ", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            // The row that is wrong is told when it is read.
            return (lines, delimiter);
        }

        return (lines, delimiter);
    }

    private static string? Cell(CsvParser parser, int? column) => column is { } index && index < parser.Count ? parser[index] : null;

    private (string Delimiter, CsvColumns Columns) Header(char? delimiter)
    {
        (string Delimiter, CsvColumns Columns)? best = null;
        foreach (char candidate in delimiter is { } told ? [told] : Delimiters)
        {
            using CsvParser parser = Open(candidate.ToString(), []);
            if (Read(parser) && parser.Record is { } header && CsvColumns.Read(header) is { } columns
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
        StreamReader reader = new(_file, _encoding.Encoding, detectEncodingFromByteOrderMarks: true, 65536, leaveOpen: true);
        for (int line = 0; line < _linesBefore; line++)
        {
            reader.ReadLine();
        }

        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = args =>
            {
                // The quotation marks of an armoured id are the armour's.
                if (!UpdateValidator.IsArmoured(args.Field))
                {
                    bad.Add(args.Field);
                }
            },
        };
        return new(reader, configuration);
    }
}
