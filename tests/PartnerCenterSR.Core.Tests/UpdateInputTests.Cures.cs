using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

/// <summary>What is wrong, and its cure.</summary>
public sealed partial class UpdateInputTests
{
    // Half a letter does not survive as a test's argument.
    [Fact]
    public void Half_a_letter_is_broken_wherever_it_stands()
    {
        foreach (string text in new[] { "\uDE00a", "a\uD83D", "a\uD83Db", "\uD83D\uDE00\uDE00" })
        {
            Assert.Equal(ErrorIds.InvalidNote, Refused(Row with { Note = text }).ErrorId);
        }
    }

    [Fact]
    public void A_state_that_cannot_be_set_has_its_cure()
    {
        PartnerCenterException error = Refused(Row with { Note = "n", Status = "none" });
        Assert.Equal((ErrorIds.InvalidStatus, Messages.InvalidStatusAction), (error.ErrorId, error.RecommendedAction));
    }
}
