using System;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Binding;

/// <summary>A piped object that is no live service request.</summary>
internal static class UpdateRow
{
    private const string Deserialized = "Deserialized.PartnerCenterSR.ServiceRequest";

    /// <summary>Whether it was a service request once, before it went through a file, a job or another machine.</summary>
    public static bool WasServiceRequest(PSObject? row) => row is not null && row.TypeNames.Contains(Deserialized);

    /// <summary>The binder drops without a word what it cannot make text of; here the word is said.</summary>
    /// <param name="row">The piped object. Null: none was piped.</param>
    /// <param name="bound">What the parameter got. Null: nothing.</param>
    /// <param name="errorId">The error's id.</param>
    /// <param name="names">The parameter's name and aliases.</param>
    /// <exception cref="PartnerCenterException">The object has a value there that is no text.</exception>
    public static void RequireBound(PSObject? row, object? bound, string errorId, params string[] names)
    {
        if (row is null || bound is not null || row.BaseObject is string)
        {
            return;
        }

        foreach (string name in names)
        {
            if (row.Properties[name]?.Value is not (null or DBNull))
            {
                throw new PartnerCenterException(errorId, Messages.CellIsNoText.With(name));
            }
        }
    }

    /// <summary>A row as an object that Export-Csv makes a row of again.</summary>
    public static PSObject Create(long line, string? id, string? note, string? status, string? customerId)
    {
        PSObject row = new();
        row.Properties.Add(new PSNoteProperty("Line", line));
        row.Properties.Add(new PSNoteProperty("Id", id));
        row.Properties.Add(new PSNoteProperty("Note", note));
        row.Properties.Add(new PSNoteProperty("Status", status));
        row.Properties.Add(new PSNoteProperty("CustomerId", customerId));
        return row;
    }
}
