using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

/// <summary>The notes of this run, and what a message says of many ids.</summary>
public sealed class KnownNotesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly KnownNote Note = new(1, null, null, true);

    [Fact]
    public void Each_request_has_its_own_in_order()
    {
        KnownNotes notes = new();
        Assert.Empty(notes.Of("a"));
        notes.Add("a", Note, Now);
        notes.Add("A", Note with { Hash = 2 }, null);
        notes.Add("b", Note with { Hash = 3 }, Now);
        Assert.Equal([1, 2], notes.Of("a").Select(note => note.Hash));
        Assert.Equal([3], notes.Of("B").Select(note => note.Hash));
    }

    [Theory]
    [InlineData(30 * 60, 4094, true)]
    [InlineData((30 * 60) + 1, 4093, true)]
    [InlineData((30 * 60) + 1, 4094, false)]
    public void Those_of_this_run_are_forgotten_after_half_an_hour_when_many_more_have_come(int seconds, int more, bool isKept)
    {
        KnownNotes notes = new();
        notes.Add("old", Note, Now);
        notes.Add("for good", Note, null);
        notes.Add("both", Note, Now);
        notes.Add("both", Note with { Hash = 2 }, null);
        for (int i = 2; i < more; i++)
        {
            notes.Add(i.ToString(CultureInfo.InvariantCulture), Note, Now.AddMinutes(10));
        }

        notes.Add("last", Note, Now.AddSeconds(seconds));
        notes.Add("last", Note, Now.AddSeconds(seconds));
        Assert.Equal(isKept ? 1 : 0, notes.Of("old").Count);
        Assert.Equal(isKept ? 2 : 1, notes.Of("both").Count);
        Assert.Single(notes.Of("for good"));
        Assert.Single(notes.Of("5"));
        Assert.Equal(2, notes.Of("last").Count);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(3, "1, 2, 3")]
    public void A_few_ids_are_all_named(int count, string expected) => Assert.Equal(expected, FirstIds.Of(Ids(count)));

    [Fact]
    public void Of_many_twenty_are_named_and_the_rest_counted()
    {
        Assert.EndsWith(", 20", FirstIds.Of(Ids(20)), StringComparison.Ordinal);
        string many = FirstIds.Of(Ids(25));
        Assert.Contains(", 20", many, StringComparison.Ordinal);
        Assert.DoesNotContain("21", many, StringComparison.Ordinal);
        Assert.Contains("5", many[many.IndexOf(", 20", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
