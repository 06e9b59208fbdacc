using System;
using System.Globalization;
using System.Linq;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Tests.Fuzz;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Properties;

/// <summary>The numbers of a run: whatever becomes of its rows, each is counted once, and under what it is.</summary>
public sealed class SummaryProperties
{
    private static readonly PartnerCenterException Down = new(ErrorIds.ServiceDown, "down");
    private static readonly Kind[] Kinds =
    [
        new("succeeded", update => new(update, UpdateOutcome.Succeeded)),
        new("unchanged", update => new(update, UpdateOutcome.Unchanged)),
        new("skipped", update => new(update, UpdateOutcome.Succeeded) { SkippedAs = DateTimeOffset.UnixEpoch }),
        new("failed", update => new(update, UpdateOutcome.Failed) { Error = new(ErrorIds.NotFound, "gone") { StatusCode = 404 } }),
        new("failed", update => new(update, UpdateOutcome.Failed) { Error = new(ErrorIds.InvalidNote, "bad"), WasRefused = true }),
        new("failed", _ => null),
        new("unknown", update => new(update, UpdateOutcome.Unknown) { Error = new(ErrorIds.OutcomeUnknown, "who knows") }),
        new("not sent", update => UpdateResult.NotSent(update, "waits")),
        new("not sent", update => UpdateResult.NotSent(update, Down)),
        new("not sent", update => new(update, UpdateOutcome.Failed) { WasStopped = true }),
    ];

    private sealed record Kind(string Name, Func<ServiceRequestUpdate, UpdateResult?> Make);

    [Fact]
    public void Each_row_is_counted_once_and_under_what_it_is() => Gen.Select(Gen.Int[0, Kinds.Length - 1].Array[0, 60], Gen.Int[0, 100_000]).Sample((kinds, seconds) =>
    {
        (UpdateTally tally, FakeTimeProvider time) = Tally(kinds);
        time.Advance(TimeSpan.FromSeconds(seconds));
        UpdateSummary summary = tally.Summary();
        Assert.Equal(TimeSpan.FromSeconds(seconds), summary.Duration);
        Assert.Equal(kinds.Length, summary.Total);
        Assert.Equal(
            [.. new[] { "succeeded", "unchanged", "skipped", "failed", "unknown", "not sent" }.Select(name => kinds.LongCount(kind => Kinds[kind].Name == name))],
            new[] { summary.Succeeded, summary.Unchanged, summary.Skipped, summary.Failed, summary.Unknown, summary.NotSent });
        Assert.Equal(kinds.Length >= 10, tally.IsLarge);
        Assert.Equal(kinds.Length >= 10 || kinds.Any(kind => Kinds[kind].Name is not ("succeeded" or "unchanged")), tally.IsWorthTelling);
    }, iter: Mutations.Tries);

    [Fact]
    public void An_ended_run_accounts_for_every_row_of_its_file() => Gen.Select(Gen.Int[0, Kinds.Length - 1].Array[0, 60], Gen.Int[0, 100], Gen.Bool).Sample((kinds, behind, isRead) =>
    {
        (UpdateTally tally, _) = Tally(kinds);
        tally.Expect(kinds.Length + behind);
        PartnerCenterException told = tally.Explain(Down, isRead);
        UpdateSummary summary = tally.Summary();
        Assert.Equal(kinds.Length + behind, summary.Total);
        Assert.Equal(kinds.Count(kind => Kinds[kind].Name == "not sent") + behind, summary.NotSent);

        // The words have the same numbers, and the ids of those that were taken in and not sent, the first twenty by name.
        foreach (long number in new[] { summary.Succeeded + summary.Unchanged + summary.Skipped, summary.Failed, summary.Unknown, summary.NotSent })
        {
            Assert.Contains(number.ToString(CultureInfo.InvariantCulture), told.Message, StringComparison.Ordinal);
        }

        string[] ids = [.. kinds.Select((kind, row) => (kind, row)).Where(at => Kinds[at.kind].Name == "not sent").Select(at => Id(at.row))];
        Assert.All(ids.Take(20), id => Assert.Contains(id, told.Message, StringComparison.Ordinal));
        Assert.All(ids.Skip(20), id => Assert.DoesNotContain(id, told.Message, StringComparison.Ordinal));
        Assert.Equal((ErrorIds.ServiceDown, Down), (told.ErrorId, told.InnerException));
    }, iter: Mutations.Tries);

    private static string Id(int row) => (700_000_000_000_000 + row).ToString(CultureInfo.InvariantCulture);

    private static (UpdateTally Tally, FakeTimeProvider Time) Tally(int[] kinds)
    {
        FakeTimeProvider time = new();
        UpdateTally tally = new(null, new(time));
        for (int row = 0; row < kinds.Length; row++)
        {
            if (Kinds[kinds[row]].Make(new(row, Id(row), null, new() { Note = "a" })) is { } result)
            {
                tally.Count(result);
            }
            else
            {
                tally.CountRefused();
            }
        }

        Array.ForEach(kinds, _ => tally.Take(isExpected: true));
        tally.Take(isExpected: false);
        return (tally, time);
    }
}
