using System;
using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>A piped object that is no live service request.</summary>
internal static class PipedRow
{
    private const string Deserialized = "Deserialized.PartnerCenterSR.ServiceRequest";

    /// <summary>Whether it was a service request once, before it went through a file, a job or another machine.</summary>
    public static bool WasServiceRequest(PSObject? row) => row is not null && row.TypeNames.Contains(Deserialized);

    /// <summary>The binder drops without a word what it cannot make text of; here the word is said.</summary>
    /// <param name="row">The piped object. Null: none was piped.</param>
    /// <param name="note">What the parameter got. Null: nothing. So the next two.</param>
    /// <param name="status">The status.</param>
    /// <param name="customerId">The customer.</param>
    /// <exception cref="PartnerCenterException">The object has a value there that is not text.</exception>
    public static void RequireBound(PSObject? row, string? note, string? status, string? customerId)
    {
        if (row is null || row.BaseObject is string)
        {
            return;
        }

        RequireBound(row, note, UpdateColumn.Note, ErrorIds.InvalidNote);
        RequireBound(row, status, UpdateColumn.Status, ErrorIds.InvalidStatus);
        RequireBound(row, customerId, UpdateColumn.CustomerId, ErrorIds.InvalidId);
    }

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

    private static void RequireBound(PSObject row, string? bound, UpdateColumn column, string errorId)
    {
        foreach (string name in bound is null ? column.Names : [])
        {
            if (row.Properties[name]?.Value is not (null or DBNull))
            {
                throw new PartnerCenterException(errorId, Messages.CellIsNoText.With(name));
            }
        }
    }
}
