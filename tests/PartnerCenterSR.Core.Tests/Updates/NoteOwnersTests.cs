using System;
using System.Linq;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

public sealed class NoteOwnersTests
{
    private static KnownNote One(long number) => new(number, null, null, true);

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1000, 500)]
    [InlineData(500, 1000)]
    public void As_many_as_can_be_have_one_however_many_could_have_any(int shown, int known)
    {
        NoteOwners<int> owners = new(Enumerable.Range(0, shown), (_, _) => true);
        owners.Serve(Enumerable.Range(0, known).Select(number => One(number)));
        Assert.Equal((Math.Max(0, shown - known), known <= shown), (owners.Left.Count, owners.HaveAll));
        Assert.Equal(Enumerable.Range(known, Math.Max(0, shown - known)), owners.Left);
    }

    // The second can have but the first note: so the first one gives it up, all along the chain.
    [Fact]
    public void Who_has_a_choice_gives_up_what_is_another_ones_only()
    {
        NoteOwners<int> owners = new(Enumerable.Range(0, 300), (note, known) => note == known.Hash || note == known.Hash + 1);
        owners.Serve(Enumerable.Range(0, 299).Select(number => One(number)));
        Assert.True(owners.HaveAll);
        owners.Serve([One(299)]);
        Assert.True(owners.HaveAll);
        Assert.Empty(owners.Left);
    }

    [Fact]
    public void What_is_to_be_given_away_last_is_left()
    {
        NoteOwners<int> owners = new([1, 2, 3], (_, _) => true);
        owners.Serve([One(0), One(1)], note => note == 1);
        Assert.Equal([1], owners.Left);
        owners.Serve([One(2), One(3)]);
        Assert.Equal((0, false), (owners.Left.Count, owners.HaveAll));
    }
}
