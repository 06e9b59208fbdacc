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
    [InlineData(120 * 60, 4094, true)]
    [InlineData((120 * 60) + 1, 4093, true)]
    [InlineData((120 * 60) + 1, 4094, false)]
    public void Those_of_this_run_are_forgotten_after_two_hours_when_many_more_have_come(int seconds, int more, bool isKept)
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

    [Fact]
    public void Of_two_that_tell_of_one_note_the_connection_knows_better_and_is_told_more()
    {
        KnownNotes connection = new();
        KnownNotes journal = new();
        journal.Add("a", Note with { Id = "1" }, null);
        journal.Add("a", Note with { Hash = 2 }, null);
        connection.Add("a", Note with { Id = "1", IsConfirmed = false }, Now);
        KnownNotes both = journal.With(connection);
        both.Add("a", Note with { Hash = 3, Id = "3" }, Now);
        Assert.Equal([(1, true), (2, true), (3, true)], both.Of("A").Select(note => ((int)note.Hash, note.IsConfirmed)));
        Assert.Equal([1, 3], connection.Of("a").Select(note => note.Hash));
        both.Add("a", Note with { Id = "1" }, Now);
        Assert.Equal([(2, true), (3, true), (1, true)], both.Of("A").Select(note => ((int)note.Hash, note.IsConfirmed)));
        both.Remove("a", "1");
        both.Remove("b", "1");
        Assert.Equal([3], connection.Of("a").Select(note => note.Hash));
        Assert.Single(journal.Of("a"));
    }

    [Fact]
    public void A_note_that_may_come_is_waited_for_by_its_text_and_by_others()
    {
        KnownNotes notes = new();
        notes.Add("a", Note with { Id = "there" }, Now.AddSeconds(9));
        notes.Add("a", Note with { Hash = 2, IsConfirmed = false, Id = "other" }, Now.AddSeconds(8));
        notes.Add("a", Note with { IsConfirmed = false }, Now.AddSeconds(2));
        notes.Add("a", Note with { IsConfirmed = false, Id = "maybe" }, Now.AddSeconds(1));
        notes.Add("a", Note with { IsConfirmed = false, Id = "maybe" }, Now.AddSeconds(3));
        Assert.Equal(Now.AddSeconds(3), notes.LastMaybe("A", 1));
        Assert.Null(notes.LastMaybe("A", 9));
        Assert.Null(notes.LastMaybe("A", null));
        Assert.Null(notes.LastMaybe("b", 1));
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
