namespace PartnerCenterSR.Core.Updates;

/// <summary>Who judges what is read back, and by which rules. A simulation looks over its shoulder.</summary>
/// <param name="rules">The rules that hold.</param>
internal class Judge(CertaintyRules rules)
{
    public static Judge Strict { get; } = new(CertaintyRules.All);

    public CertaintyRules Rules => rules;

    public bool Has(CertaintyRules rule) => (rules & rule) != 0;

    /// <summary>The verdict on an open update, and what of it is still to be sent where it is there by half.</summary>
    public virtual (Verdict Verdict, ServiceRequestChanges Remaining) Decide(Evidence evidence, ServiceRequestChanges asked) => evidence.Judge(asked);
}
