using System;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>Columns that nearly have the name of one that an update has.</summary>
internal static class LikelyColumns
{
    /// <summary>What people call these columns, in some languages, when they do not know their names.</summary>
    private static readonly (UpdateColumn Column, string[] Names)[] Nearly =
    [
        (UpdateColumn.Note, ["Notes", "Comment", "Comments", "Remark", "Remarks", "Message", "NoteText", "Commentaire", "Remarque", "Notiz", "Kommentar", "Bemerkung", "Nota"]),
        (UpdateColumn.Status, ["State", "Statut", "Statuts", "NewStatus", "SetStatus", "Zustand", "Stato", "Estado", "Etat", "\u00c9tat"]),
        (UpdateColumn.Id, ["Ids", "Ticket", "TicketId", "TicketNumber", "Case", "CaseId", "ServiceRequest", "ServiceRequestNumber", "RequestNumber", "Number", "SR", "SRId", "Nummer", "Numero", "Num\u00e9ro"]),
        (UpdateColumn.CustomerId, ["Customer", "Tenant", "Client", "ClientId", "CustomerTenant", "Kunde", "Kundennummer"]),
    ];

    /// <summary>The column that is meant by a header that is none of its names. Null: none.</summary>
    public static UpdateColumn? Meant(string header) => Nearly.FirstOrDefault(near => near.Names.Any(name => Headers.AreSame(name, header))).Column
        ?? UpdateColumn.All.FirstOrDefault(column => column.Names.Any(name => IsMistyped(header, name)));

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
}
