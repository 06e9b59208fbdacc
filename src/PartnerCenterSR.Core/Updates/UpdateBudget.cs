namespace PartnerCenterSR.Core.Updates;

/// <summary>What an update may still cost: so many sendings, and so many calls of whatever kind. What a service that was down took is given back.</summary>
/// <param name="retries">How often it may be sent again.</param>
internal sealed class UpdateBudget(int retries)
{
    private int _lostCalls;
    private int _lostSendings;

    public int Sendings { get; private set; } = retries + 1;

    public int Calls { get; private set; } = (2 * retries) + 4;

    public bool IsUsedUp => Sendings <= 0 || Calls < 2;

    /// <summary>How often it has failed.</summary>
    public int Failures => retries + 1 - Sendings;

    /// <summary>Takes a call, if there is one.</summary>
    public bool TryCall() => Calls-- > 0;

    public void Send()
    {
        Sendings--;
        Calls--;
    }

    /// <summary>A call was none of its own trouble.</summary>
    public void Return() => Calls++;

    /// <summary>The next sending is no repetition.</summary>
    public void SendAnew() => Sendings++;

    public void Answered() => (_lostCalls, _lostSendings) = (0, 0);

    public void Lost(bool wasSending)
    {
        _lostCalls++;
        _lostSendings += wasSending ? 1 : 0;
    }

    public void GiveBack()
    {
        Calls += _lostCalls;
        Sendings += _lostSendings;
        Answered();
    }
}
