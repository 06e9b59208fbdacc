using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>Where in a file the columns of an update are; the parameters' aliases serve as headers too.</summary>
internal sealed class CsvColumns
{
    private CsvColumns(string[] header)
    {
        Count = header.Length;
        Id = Find(header, UpdateColumn.Id.Names);
        Note = Find(header, UpdateColumn.Note.Names);
        Status = Find(header, UpdateColumn.Status.Names);
        CustomerId = Find(header, UpdateColumn.CustomerId.Names);
    }

    public int Count { get; }

    public int? Id { get; }

    public int? Note { get; }

    public int? Status { get; }

    public int? CustomerId { get; }

    /// <summary>How many of the columns of an update a header has.</summary>
    public int Known => new[] { Id, Note, Status, CustomerId }.Count(column => column is not null);

    public static CsvColumns Read(IEnumerable<string> header) => new([.. header.Select(cell => cell.Trim())]);

    /// <exception cref="PartnerCenterException">Two columns of the same name, of which only one could be read.</exception>
    private static int? Find(string[] header, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            int[] found = [.. Enumerable.Range(0, header.Length).Where(i => string.Equals(header[i], name, StringComparison.OrdinalIgnoreCase))];
            if (found.Length > 1)
            {
                throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvColumnTwice.With(name));
            }

            if (found.Length == 1)
            {
                return found[0];
            }
        }

        return null;
    }
}
