using System;
using System.Collections.Generic;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>A file of updates that is read and validated whole before any of them is given out.</summary>
internal sealed class UpdateFile : IDisposable
{
    private readonly CsvUpdateFile _csv;
    private readonly ServiceRequestChanges _common;
    private readonly long _rowsBefore;
    private readonly CsvOptions _options;
    private readonly string _path;

    /// <param name="path">The file.</param>
    /// <param name="options">How it is to be read, and what its rows get beside.</param>
    /// <param name="common">What changes on every request.</param>
    /// <param name="rowsBefore">How many rows the command has had before this file: its rows are numbered on from there.</param>
    /// <exception cref="PartnerCenterException">The file cannot be read as updates.</exception>
    public UpdateFile(string path, CsvOptions options, ServiceRequestChanges common, long rowsBefore = 0)
    {
        _common = common;
        _rowsBefore = rowsBefore;
        _path = path;
        _options = options;
        _csv = new(path, options);
        if (!_csv.HasChanges && common.IsEmpty && options.Note is null && options.Status is null)
        {
            _csv.Dispose();
            throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvNoChanges.With(path));
        }
    }

    /// <summary>What is worth a word: a guessed encoding, columns that are not used.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (_csv.GuessedEncoding is { } guessed)
            {
                yield return Messages.CsvEncodingGuessed.With(_path, guessed.Line, guessed.Name);
            }

            if (_csv.UnusedColumns is { Count: > 0 } unused)
            {
                yield return Messages.CsvUnused.With(_path, string.Join(", ", unused));
            }
        }
    }

    /// <summary>How many updates it has, once it is checked.</summary>
    public long Count { get; private set; }

    /// <summary>Reads it to the end.</summary>
    /// <param name="cancelled">Asked now and then; ends the reading.</param>
    /// <returns>Every bad row, with its error.</returns>
    public IReadOnlyList<(CsvRow Row, PartnerCenterException Error)> Check(Func<bool> cancelled)
    {
        List<(CsvRow Row, PartnerCenterException Error)> bad = [];
        Count = 0;
        foreach (CsvRow row in _csv.Rows())
        {
            if (cancelled())
            {
                break;
            }

            Count++;
            try
            {
                Validate(row);
            }
            catch (PartnerCenterException error)
            {
                bad.Add((row, error));
            }
        }

        return bad;
    }

    /// <summary>The updates, in the file's order.</summary>
    /// <exception cref="PartnerCenterException">The file was changed after it was checked.</exception>
    public IEnumerable<ServiceRequestUpdate> Updates()
    {
        foreach (CsvRow row in _csv.Rows())
        {
            yield return Validate(row);
        }
    }

    public void Dispose() => _csv.Dispose();

    private ServiceRequestUpdate Validate(CsvRow row)
    {
        try
        {
            return row.Problem is { } problem ? throw new PartnerCenterException(ErrorIds.InvalidCsv, problem)
                : UpdateValidator.Validate(Complete(row.Input!) with { Row = row.Input!.Row + _rowsBefore }, _common);
        }
        catch (PartnerCenterException error)
        {
            throw error.At(Messages.Line.With(row.Line));
        }
    }

    /// <summary>What stands on the command line is for rows that have nothing of it.</summary>
    private UpdateInput Complete(UpdateInput input) =>
        _options.Note is not null && !string.IsNullOrWhiteSpace(input.Note) ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvBothNote.With(_path))
        : _options.Status is not null && !string.IsNullOrWhiteSpace(input.Status) ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvBothStatus.With(_path))
        : input with { Note = _options.Note ?? input.Note, Status = _options.Status ?? input.Status, CustomerId = _options.CustomerId ?? input.CustomerId };
}
