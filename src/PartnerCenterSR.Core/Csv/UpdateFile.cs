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

    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates the cells. Null: the header tells.</param>
    /// <param name="common">What changes on every request.</param>
    /// <param name="rowsBefore">How many rows the command has had before this file: its rows are numbered on from there.</param>
    /// <exception cref="PartnerCenterException">The file cannot be read as updates.</exception>
    public UpdateFile(string path, char? delimiter, ServiceRequestChanges common, long rowsBefore = 0)
    {
        _common = common;
        _rowsBefore = rowsBefore;
        _csv = new(path, delimiter);
        if (!_csv.HasChanges && common.IsEmpty)
        {
            _csv.Dispose();
            throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvNoChanges.With(path));
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

    private ServiceRequestUpdate Validate(CsvRow row) => row.Problem is { } problem
        ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.WithLocation.With(Messages.Line.With(row.Line), problem))
        : UpdateValidator.Validate(row.Input! with { Row = row.Input!.Row + _rowsBefore }, _common);
}
