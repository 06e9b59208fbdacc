using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>Where in a file the columns of an update are; the parameters' aliases serve as headers too.</summary>
internal sealed class CsvColumns
{
    private const string OwnStatusHeader = "StatusText";
    private static readonly string[] JournalHeaders = ["Outcome", "CorrelationId", "StartedAt"];

    /// <summary>What people call these columns, in some languages, when they do not know their names.</summary>
    private static readonly (UpdateColumn Column, string[] Names)[] Nearly =
    [
        (UpdateColumn.Note, ["Notes", "Comment", "Comments", "Remark", "Remarks", "Message", "NoteText", "Commentaire", "Remarque", "Notiz", "Kommentar", "Bemerkung", "Nota"]),
        (UpdateColumn.Status, ["State", "Statut", "Statuts", "NewStatus", "SetStatus", "Zustand", "Stato", "Estado", "Etat"]),
        (UpdateColumn.Id, ["Ids", "Ticket", "TicketId", "TicketNumber", "Case", "CaseId", "ServiceRequest", "ServiceRequestNumber", "RequestNumber", "Number", "SR", "SRId", "Nummer", "Numero"]),
        (UpdateColumn.CustomerId, ["Customer", "Tenant", "Client", "ClientId", "CustomerTenant", "Kunde", "Kundennummer"]),
    ];

    private readonly string[] _header;

    private CsvColumns(string[] header)
    {
        _header = header;
        OwnStatus = Find([OwnStatusHeader]);
        IsExport = OwnStatus is not null || JournalHeaders.All(name => Find([name]) is not null);
        Id = Find(UpdateColumn.Id.Names);

        // A request's own new note, in an export of ours, is none.
        Note = Find(IsExport ? [.. UpdateColumn.Note.Names.Where(name => name != "NewNote")] : UpdateColumn.Note.Names);
        Status = Find(UpdateColumn.Status.Names);
        CustomerId = Find(UpdateColumn.CustomerId.Names);
    }

    public int Count => _header.Length;

    public int? Id { get; }

    public int? Note { get; }

    public int? Status { get; }

    public int? CustomerId { get; }

    /// <summary>The status that the request had when it was exported. Null: it is no export of ours.</summary>
    public int? OwnStatus { get; }

    /// <summary>Whether it is an export of ours, of requests or of a journal: their many columns are known, and names have their order.</summary>
    public bool IsExport { get; }

    /// <summary>How many of the columns of an update a header has.</summary>
    public int Known => Used.Count();

    /// <summary>The headers of what is not used. None in an export of ours, which has many.</summary>
    public IReadOnlyList<string> Unused => IsExport ? [] : [.. _header.Where((name, index) => name.Length > 0 && !Used.Contains(index))];

    private IEnumerable<int> Used => new[] { Id, Note, Status, CustomerId }.OfType<int>();

    /// <exception cref="PartnerCenterException">Two columns are for one thing.</exception>
    public static CsvColumns Read(IEnumerable<string> header) => new([.. header.Select(cell => cell.Trim())]);

    /// <exception cref="PartnerCenterException">A column nearly has the name of one that would be used.</exception>
    public void RequireNoneNearly()
    {
        foreach (string unused in Unused)
        {
            UpdateColumn? meant = Nearly.FirstOrDefault(near => near.Names.Any(name => Headers.AreSame(name, unused))).Column
                ?? UpdateColumn.All.FirstOrDefault(column => column.Names.Any(name => IsMistyped(unused, name)));
            if (meant is not null)
            {
                throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvNearly.With(unused, meant.Name));
            }
        }
    }

    /// <summary>One letter more, less, or another.</summary>
    private static bool IsMistyped(string header, string name)
    {
        string one = Headers.Letters(header).ToUpperInvariant();
        string other = name.ToUpperInvariant();
        if (other.Length < 4 || Math.Abs(one.Length - other.Length) > 1)
        {
            return false;
        }

        int start = one.Zip(other, (a, b) => a == b).TakeWhile(same => same).Count();
        int end = one.Skip(start).Reverse().Zip(other.Skip(start).Reverse(), (a, b) => a == b).TakeWhile(same => same).Count();
        return one.Length - start - end <= 1 && other.Length - start - end <= 1;
    }

    private int? Find(IReadOnlyList<string> names)
    {
        if (IsExport)
        {
            return names.Select(name => Array.FindIndex(_header, header => Headers.AreSame(header, name))).Where(at => at >= 0).Select(at => (int?)at).FirstOrDefault();
        }

        int[] found = [.. Enumerable.Range(0, _header.Length).Where(i => names.Any(name => Headers.AreSame(_header[i], name)))];
        return found.Length <= 1 ? found.Select(at => (int?)at).FirstOrDefault()
            : Headers.AreSame(_header[found[0]], _header[found[1]]) ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvColumnTwice.With(_header[found[0]]))
            : throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvTwoForOne.With(_header[found[0]], _header[found[1]]));
    }
}
