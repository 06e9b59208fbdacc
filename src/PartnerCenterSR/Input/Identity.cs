using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Numerics;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>
/// The one place that says for which request an object stands: whatever has an id stands for that id, never for its text; a number
/// that is exactly a whole one is written out; an error stands for what it was about.
/// </summary>
/// <param name="Id">The id as it is given. Null: the object has no place for one.</param>
/// <param name="CustomerId">The customer that the object names. Null: none.</param>
internal readonly record struct Identity(string? Id, string? CustomerId)
{
    private const int Deepest = 3;
    private const string Accuracy = "Accuracy";

    /// <summary>All that are given, lists taken apart.</summary>
    public static IEnumerable<Identity> Of(object? given) => Unwrap(given) switch
    {
        // The count that -IncludeTotalCount writes before the requests.
        ulong when given is PSObject counted && counted.Properties[Accuracy] is not null => [],

        null => [new(string.Empty, null)],
        string text => [new(text, null)],
        IDictionary table => [OfObject(new PSObject(table), 0)],
        ErrorRecord { TargetObject: { } target } => Of(target),
        { } value when LanguagePrimitives.GetEnumerable(value) is { } several => several.Cast<object?>().SelectMany(Of),
        _ => [OfObject(PSObject.AsPSObject(given), 0)],
    };

    /// <summary>The elements of a list. Null: it is none, but a text, a number, a row.</summary>
    public static List<PSObject?>? Several(PSObject given) => given.BaseObject is not (string or IDictionary) && LanguagePrimitives.GetEnumerable(given.BaseObject) is { } list
        ? [.. list.Cast<object?>().Select(item => item is null ? null : PSObject.AsPSObject(item))]
        : null;

    /// <summary>A number without exponent or fraction. Null: it is none, or no whole one.</summary>
    public static string? WholeNumber(object value)
    {
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger:
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            case decimal exact when exact == decimal.Truncate(exact):
                return decimal.Truncate(exact).ToString("0", CultureInfo.InvariantCulture);
            case double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && Math.Floor(number) == number && Math.Abs(number) <= (value is float ? 1L << 24 : 1L << 53):
                return ((long)number).ToString(CultureInfo.InvariantCulture);
            default:
                return null;
        }
    }

    private static Identity OfObject(PSObject given, int depth)
    {
        object value = given.BaseObject;
        if (value is Exception)
        {
            // Its RequestId is that of a call.
            return new(null, null);
        }

        if (value is string or ScriptBlock)
        {
            return new(value.ToString(), null);
        }

        if (WholeNumber(value) is { } number)
        {
            return new(number, null);
        }

        if (value is double or float && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var cut && Math.Floor(cut) == cut)
        {
            throw new PartnerCenterException(ErrorIds.MangledId, Messages.MangledId.With(Convert.ToString(value, CultureInfo.InvariantCulture)));
        }

        if (value is ValueType and not IDictionary && !Has(given, UpdateColumn.Id))
        {
            return new(Convert.ToString(value, CultureInfo.InvariantCulture), null);
        }

        string? customer = Find(given, UpdateColumn.CustomerId) is { } found ? Convert.ToString(Unwrap(found), CultureInfo.InvariantCulture) : null;
        if (!Has(given, UpdateColumn.Id))
        {
            // A customer stands for its requests; a row whose number has another name must not.
            return RowCells.Names(given).FirstOrDefault(name => LikelyColumns.Meant(name) == UpdateColumn.Id) is { } likely
                ? throw new PartnerCenterException(ErrorIds.InvalidId, Messages.NoIdBut.With(likely))
                : new(null, customer);
        }

        object? id = Find(given, UpdateColumn.Id);
        RequireOne(given, id);
        return id is null ? new(string.Empty, customer)
            : depth == Deepest ? new(Convert.ToString(id, CultureInfo.InvariantCulture), customer)
            : OfObject(PSObject.AsPSObject(id), depth + 1) is var inner && inner.Id is null ? new(Convert.ToString(id, CultureInfo.InvariantCulture), customer)
            : inner with { CustomerId = customer ?? inner.CustomerId };
    }

    /// <summary>A key of somebody's database beside the number: which one is meant nobody can tell.</summary>
    private static void RequireOne(PSObject given, object? id)
    {
        foreach (string name in given.BaseObject is ServiceRequest or JournalEntry ? [] : UpdateColumn.Id.Aliases)
        {
            // A call has a RequestId as well, which is a Guid.
            string? other = RowCells.Cell(given, name) is { } cell && RowCells.IsFilled(cell) ? Text(cell) : null;
            if (other is not null && other != Text(id) && (name == nameof(ServiceRequestNote.ServiceRequestId) || !Guid.TryParse(other, out _)))
            {
                throw new PartnerCenterException(ErrorIds.InvalidId, Messages.TwoIds.With(Text(id), other, name));
            }
        }
    }

    private static string? Text(object? value) => Unwrap(value) is { } given ? WholeNumber(given) ?? Convert.ToString(given, CultureInfo.InvariantCulture).Trim() : null;

    private static bool Has(PSObject given, UpdateColumn column) => column.Names.Any(name => RowCells.Has(given, name));

    private static object? Find(PSObject given, UpdateColumn column) =>
        column.Names.Select(name => RowCells.Cell(given, name)).FirstOrDefault(RowCells.IsFilled);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;
}
