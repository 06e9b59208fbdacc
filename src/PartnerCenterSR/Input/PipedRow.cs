using System.Management.Automation;
using PartnerCenterSR.Core;

namespace PartnerCenterSR.Input;

/// <summary>A row of a file as an object.</summary>
internal static class PipedRow
{
    /// <summary>A row as an object that Export-Csv makes a row of again.</summary>
    public static PSObject Create(long line, string? id, string? note, string? status, string? customerId)
    {
        PSObject row = new();
        row.Properties.Add(new PSNoteProperty("Line", line));
        row.Properties.Add(new PSNoteProperty(UpdateColumn.Id.Name, id));
        row.Properties.Add(new PSNoteProperty(UpdateColumn.Note.Name, note));
        row.Properties.Add(new PSNoteProperty(UpdateColumn.Status.Name, status));
        row.Properties.Add(new PSNoteProperty(UpdateColumn.CustomerId.Name, customerId));
        return row;
    }
}
