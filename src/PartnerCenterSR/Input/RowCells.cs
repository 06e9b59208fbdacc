using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>The one place that reads the cells of a piped row, of whatever shape: object, hashtable, data row, request.</summary>
internal static class RowCells
{
    private const string Own = "PartnerCenterSR.ServiceRequest";
    private const string OwnStatus = "StatusText";

    /// <summary>Whether it is a request, or was one: what it says of itself is no change.</summary>
    public static bool IsRequest(PSObject row) =>
        row.BaseObject is ServiceRequest || row.TypeNames.Any(name => name.EndsWith(Own, StringComparison.Ordinal)) || Find(row, OwnStatus) is not null;

    /// <summary>The note that a row asks for. A request's own new note is none.</summary>
    public static string? Note(PSObject row) => Note(UpdateColumn.Note.Names.Where(name => name != "NewNote" || !IsRequest(row)).Select(name => Find(row, name)).FirstOrDefault(IsFilled));

    /// <summary>The status that a row asks for: not the one that it says it has.</summary>
    public static string? Status(PSObject row)
    {
        if (Word(Find(row, UpdateColumn.Status.Name), ErrorIds.InvalidStatus, UpdateColumn.Status.Name) is not { } wanted)
        {
            return null;
        }

        if (!IsRequest(row))
        {
            return wanted;
        }

        string own = Find(row, OwnStatus)?.ToString() ?? wanted;
        return WireWords.AreSameStatus(own, wanted) ? null : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? WireWords.Status(wanted).Text : wanted;
    }

    public static string? CustomerId(PSObject row) =>
        Word(UpdateColumn.CustomerId.Names.Select(name => Find(row, name)).FirstOrDefault(IsFilled), ErrorIds.InvalidId, UpdateColumn.CustomerId.Name);

    /// <summary>A note is text: of a string, a number, a date whatever the culture, or an object with a text.</summary>
    /// <exception cref="PartnerCenterException">It is anything else.</exception>
    public static string? Note(object? cell) => Unwrap(cell) switch
    {
        null or DBNull => null,
        string text => text,
        DateTime date => date.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        char or Guid or TimeSpan or Uri or Version => Convert.ToString(Unwrap(cell), CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger => Convert.ToString(Unwrap(cell), CultureInfo.InvariantCulture),
        { } other when Find(PSObject.AsPSObject(cell), nameof(ServiceRequestNote.Text)) is { } inner && Unwrap(inner) is string text && other is not IEnumerable or IDictionary => text,
        { } other => throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.NoteIsNoText.With(other.GetType().Name)),
    };

    /// <summary>A cell that must be a single word or number.</summary>
    /// <exception cref="PartnerCenterException">It is a list, or an object.</exception>
    public static string? Word(object? cell, string errorId, string name) => Unwrap(cell) switch
    {
        null or DBNull => null,
        string text => text,
        Enum or Guid => Unwrap(cell)!.ToString(),
        { } value when Identity.WholeNumber(value) is { } number => number,
        _ => throw new PartnerCenterException(errorId, Messages.CellIsNoText.With(name)),
    };

    /// <summary>A cell by its header: in any case, with blanks, hyphens and underscores or without. Null: there is none.</summary>
    private static object? Find(PSObject row, string name)
    {
        if (row.BaseObject is IDictionary table)
        {
            return table.Keys.Cast<object>().Where(key => Headers.AreSame(key?.ToString(), name)).Select(key => table[key]).FirstOrDefault();
        }

        return (row.Properties[name] ?? row.Properties.FirstOrDefault(property => Headers.AreSame(property.Name, name)))?.Value;
    }

    private static bool IsFilled(object? cell) => Unwrap(cell) is not (null or DBNull) && (Unwrap(cell) as string)?.Trim() is not { Length: 0 };

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
