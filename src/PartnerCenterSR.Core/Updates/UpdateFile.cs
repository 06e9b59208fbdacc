using System;
using System.Collections.Generic;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>A file of updates that is read and judged whole before any of them is given out.</summary>
internal sealed class UpdateFile : IDisposable
{
    private readonly CsvUpdateFile _csv;
    private readonly ServiceRequestChanges _common;

    /// <exception cref="PartnerCenterException">The file cannot be read as updates.</exception>
    public UpdateFile(string path, char? delimiter, ServiceRequestChanges common)
    {
        _common = common;
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
                Judge(row);
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
            yield return Judge(row);
        }
    }

    public void Dispose() => _csv.Dispose();

    private ServiceRequestUpdate Judge(CsvRow row) => row.Problem is { } problem
        ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.AtPlace.With(Messages.Line.With(row.Line), problem))
        : UpdateRules.Judge(row.Input!, _common);
}
