using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Numerics;
using PartnerCenterSR.Core;

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

    /// <summary>All that are given, lists taken apart.</summary>
    public static IEnumerable<Identity> Of(object? given) => Unwrap(given) switch
    {
        null => [new(string.Empty, null)],
        string text => [new(text, null)],
        IDictionary table => [OfObject(new PSObject(table), 0)],
        { } value when LanguagePrimitives.GetEnumerable(value) is { } several => several.Cast<object?>().SelectMany(Of),
        _ => [OfObject(PSObject.AsPSObject(given), 0)],
    };

    /// <summary>A number without exponent or fraction. Null: it is none, or no whole one.</summary>
    public static string? WholeNumber(object value)
    {
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger:
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            case decimal exact when exact == decimal.Truncate(exact):
                return decimal.Truncate(exact).ToString("0", CultureInfo.InvariantCulture);
            case double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && Math.Floor(number) == number && Math.Abs(number) <= 1L << 53:
                return ((long)number).ToString(CultureInfo.InvariantCulture);
            default:
                return null;
        }
    }

    private static Identity OfObject(PSObject given, int depth)
    {
        object value = given.BaseObject;
        if (value is ErrorRecord { TargetObject: { } target })
        {
            return Of(target).FirstOrDefault();
        }

        if (value is string text)
        {
            return new(text, null);
        }

        if (WholeNumber(value) is { } number)
        {
            return new(number, null);
        }

        if (value is ValueType and not IDictionary)
        {
            return new(Convert.ToString(value, CultureInfo.InvariantCulture), null);
        }

        string? customer = Find(given, UpdateColumn.CustomerId) is { } found ? Convert.ToString(Unwrap(found), CultureInfo.InvariantCulture) : null;
        if (!Has(given, UpdateColumn.Id))
        {
            return new(null, customer);
        }

        object? id = Find(given, UpdateColumn.Id);
        return id is null ? new(string.Empty, customer)
            : depth == Deepest ? new(Convert.ToString(id, CultureInfo.InvariantCulture), customer)
            : OfObject(PSObject.AsPSObject(id), depth + 1) is var inner && inner.Id is null ? new(Convert.ToString(id, CultureInfo.InvariantCulture), customer)
            : inner with { CustomerId = customer ?? inner.CustomerId };
    }

    private static bool Has(PSObject given, UpdateColumn column) => given.BaseObject is IDictionary table
        ? column.Names.Any(name => KeyOf(table, name) is not null)
        : column.Names.Any(name => Property(given, name) is not null);

    private static object? Find(PSObject given, UpdateColumn column) => given.BaseObject is IDictionary table
        ? column.Names.Select(name => KeyOf(table, name) is { } key ? table[key] : null).FirstOrDefault(value => value is not (null or DBNull))
        : column.Names.Select(name => Property(given, name)?.Value).FirstOrDefault(value => value is not (null or DBNull));

    private static PSPropertyInfo? Property(PSObject given, string name) =>
        given.Properties[name] ?? given.Properties.FirstOrDefault(property => Headers.AreSame(property.Name, name));

    private static object? KeyOf(IDictionary table, string name) =>
        table.Keys.Cast<object>().FirstOrDefault(key => Headers.AreSame(key?.ToString(), name));

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;
}
