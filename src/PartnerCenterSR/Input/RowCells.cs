using System;
using System.Collections;
using System.Collections.Generic;
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
    private const string OwnNote = "NewNote";
    private const string Deserialized = "Deserialized.";
    private static readonly string[] JournalCells = [nameof(JournalEntry.Outcome), nameof(JournalEntry.CorrelationId), nameof(JournalEntry.StartedAt)];
    private const string AnyRequest = "ServiceRequest";

    /// <summary>Whether it is a request, or was one: what it says of itself is no change.</summary>
    public static bool IsRequest(PSObject row) =>
        row.BaseObject is ServiceRequest || row.TypeNames.Any(name => name.EndsWith(Own, StringComparison.Ordinal)) || (row.BaseObject is IDictionary ? Names(row).Contains(OwnStatus, StringComparer.OrdinalIgnoreCase) : row.Properties[OwnStatus] is not null);

    /// <summary>Whether it is an entry of a journal, or was one: it asks for all that it asked for.</summary>
    public static bool IsJournalEntry(PSObject row) => row.BaseObject is JournalEntry || JournalCells.All(name => Has(row, name));

    public static UpdateInput Beside(PSObject entry, UpdateInput input) => input with
    {
        Severity = Word(Cell(entry, nameof(JournalEntry.Severity)), ErrorIds.InvalidStatus, nameof(JournalEntry.Severity)),
        Title = Note(Cell(entry, nameof(JournalEntry.Title))),
        Description = Note(Cell(entry, nameof(JournalEntry.Description))),
    };

    /// <summary>Whether it is a request of another module: what it holds may be what it was read with, or what somebody wants.</summary>
    public static bool IsForeignRequest(PSObject row) => !IsRequest(row) && row.TypeNames.Any(name => name.EndsWith(AnyRequest, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a state stands in it that is taken for the one it was read with, since nobody can tell.</summary>
    public static bool LeavesStatusOut(PSObject row) => IsForeignRequest(row) && IsFilled(Cell(row, UpdateColumn.Status.Name));

    /// <summary>The note that a row asks for. A request's own new note is none.</summary>
    public static string? Note(PSObject row) => Note(One(row, UpdateColumn.Note.Names.Where(name => name != OwnNote || !IsRequest(row) || IsPutOn(row)), ErrorIds.InvalidNote));

    /// <summary>Whether a text stands where a request has its own new note, which is none.</summary>
    /// <exception cref="PartnerCenterException">In an export nobody can tell it from the request's own.</exception>
    private static bool IsPutOn(PSObject row)
    {
        bool isText = Unwrap(Cell(row, OwnNote)) is string text && text.Trim().Length > 0;
        return isText && !IsTyped(row) && !IsFilled(Cell(row, UpdateColumn.Note.Name))
            ? throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.ExportNewNote)
            : isText && IsTyped(row);
    }

    private static bool IsTyped(PSObject row) => row.BaseObject is ServiceRequest || row.TypeNames.Contains(Deserialized + Own);

    /// <summary>The status that a row asks for: not the one that it says it has.</summary>
    public static string? Status(PSObject row)
    {
        if (IsForeignRequest(row))
        {
            return null;
        }

        if (Word(Cell(row, UpdateColumn.Status.Name), ErrorIds.InvalidStatus, UpdateColumn.Status.Name) is not { } wanted)
        {
            return null;
        }

        if (row.BaseObject is ServiceRequestNote && Unwrap(Cell(row, UpdateColumn.Status.Name)) is ServiceRequestStatus)
        {
            // The note of a request beside which Select-Object has put the state that this had.
            return null;
        }

        if (!IsRequest(row))
        {
            return IsJournalEntry(row) ? InWords(wanted) : wanted;
        }

        // A part of a request may say no more what it was: then the state as an object is its own, and as a text what somebody wrote.
        string? own = Cell(row, OwnStatus)?.ToString() ?? (Cell(row, UpdateColumn.Status.Name) is { } cell && Unwrap(cell) is not string ? wanted : null);
        return own is not null && WireWords.AreSameStatus(own, wanted) ? null : InWords(wanted);
    }

    /// <summary>Ours come back from JSON and Clixml as numbers.</summary>
    private static string InWords(string status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? WireWords.Status(status).Text : status;

    public static string? CustomerId(PSObject row) =>
        Word(One(row, UpdateColumn.CustomerId.Names, ErrorIds.InvalidId), ErrorIds.InvalidId, UpdateColumn.CustomerId.Name);

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
        { } other when Cell(PSObject.AsPSObject(cell), nameof(ServiceRequestNote.Text)) is { } inner && Unwrap(inner) is string text && other is not IEnumerable or IDictionary => text,
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
    /// <exception cref="PartnerCenterException">It is computed, and that failed.</exception>
    public static object? Cell(PSObject row, string name)
    {
        try
        {
            return row.BaseObject switch
            {
                ServiceRequest or ServiceRequestNote or JournalEntry => PropertyOf(row, name)?.Value,
                IDictionary table => One([.. table.Keys.Cast<object>().Where(key => Headers.AreSame(key?.ToString(), name)).Select(key => (key.ToString(), (object?)table[key]))], ErrorOf(name)),
                _ => One([.. row.Properties.Where(property => Headers.AreSame(property.Name, name)).Select(property => (property.Name, (object?)property.Value))], ErrorOf(name)),
            };
        }
        catch (GetValueException error)
        {
            throw new PartnerCenterException(ErrorOf(name), Messages.CellFailed.With(name, error.Message), error);
        }
    }

    private static string ErrorOf(string name) =>
        name == UpdateColumn.Status.Name ? ErrorIds.InvalidStatus : UpdateColumn.Note.Names.Contains(name) ? ErrorIds.InvalidNote : ErrorIds.InvalidId;

    public static bool Has(PSObject row, string name) => row.BaseObject is IDictionary table ? KeyOf(table, name) is not null : PropertyOf(row, name) is not null;

    /// <summary>All that a row has cells for.</summary>
    public static IEnumerable<string> Names(PSObject row) => row.BaseObject is IDictionary table
        ? table.Keys.Cast<object>().Select(key => key.ToString())
        : row.Properties.Select(property => property.Name);

    public static bool IsFilled(object? cell) => Unwrap(cell) is not (null or DBNull) && (Unwrap(cell) as string)?.Trim() is not { Length: 0 };

    /// <summary>The one of several columns for one thing that is filled.</summary>
    /// <exception cref="PartnerCenterException">Two of them differ.</exception>
    private static object? One(PSObject row, IEnumerable<string> names, string errorId) =>
        One([.. names.Select(name => (name, Cell(row, name)))], errorId);

    private static object? One((string Name, object? Value)[] cells, string errorId)
    {
        if (cells.Length < 2)
        {
            return cells.FirstOrDefault().Value;
        }

        (string Name, object? Value)[] filled = [.. cells.Where(cell => IsFilled(cell.Value))];
        return filled.Length < 2 || filled.All(cell => Equals(Unwrap(cell.Value)?.ToString(), Unwrap(filled[0].Value)?.ToString()))
            ? filled.FirstOrDefault().Value
            : throw new PartnerCenterException(errorId, Messages.TwoCells.With(filled[0].Name, filled[1].Name));
    }

    private static object? KeyOf(IDictionary table, string name) => table.Keys.Cast<object>().FirstOrDefault(key => Headers.AreSame(key?.ToString(), name));

    private static PSPropertyInfo? PropertyOf(PSObject row, string name) =>
        row.Properties[name] ?? row.Properties.FirstOrDefault(property => Headers.AreSame(property.Name, name));

    private static object? Unwrap(object? value) => value switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => Unwrap(wrapped.BaseObject),
        object?[] { Length: 1 } single => Unwrap(single[0]),
        _ => value,
    };
}
