using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What an update may cost, and what of it is given back.</summary>
public sealed class UpdateBudgetTests
{
    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(2, 3, 8)]
    public void Each_repetition_costs_two_calls(int retries, int sendings, int calls)
    {
        UpdateBudget budget = new(retries);
        Assert.Equal((sendings, calls, 0, false), (budget.Sendings, budget.Calls, budget.Failures, budget.IsUsedUp));
    }

    [Fact]
    public void It_is_used_up_with_the_last_sending()
    {
        UpdateBudget budget = new(1);
        budget.Send();
        Assert.Equal((1, 5, 1, false), (budget.Sendings, budget.Calls, budget.Failures, budget.IsUsedUp));
        budget.Send();
        Assert.Equal((0, 4, 2, true), (budget.Sendings, budget.Calls, budget.Failures, budget.IsUsedUp));
        budget.SendAnew();
        Assert.Equal((1, false), (budget.Sendings, budget.IsUsedUp));
    }

    [Fact]
    public void It_is_used_up_where_no_call_is_left_beside_a_sending()
    {
        UpdateBudget budget = new(0);
        Assert.True(budget.TryCall());
        Assert.True(budget.TryCall());
        Assert.False(budget.IsUsedUp);
        Assert.True(budget.TryCall());
        Assert.True(budget.IsUsedUp);
        Assert.True(budget.TryCall());
        Assert.False(budget.TryCall());
    }

    [Fact]
    public void What_a_service_that_was_down_took_is_given_back_once()
    {
        UpdateBudget budget = new(2);
        budget.Send();
        budget.Lost(wasSending: true);
        Assert.True(budget.TryCall());
        budget.Lost(wasSending: false);
        Assert.Equal((2, 6), (budget.Sendings, budget.Calls));
        budget.GiveBack();
        Assert.Equal((3, 8), (budget.Sendings, budget.Calls));
        budget.GiveBack();
        Assert.Equal((3, 8), (budget.Sendings, budget.Calls));
    }

    [Fact]
    public void What_it_answered_is_not()
    {
        UpdateBudget budget = new(2);
        budget.Send();
        budget.Lost(wasSending: true);
        budget.Answered();
        budget.GiveBack();
        Assert.Equal((2, 7), (budget.Sendings, budget.Calls));
    }
}
