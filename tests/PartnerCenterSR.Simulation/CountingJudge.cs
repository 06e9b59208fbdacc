using System;
using System.Linq;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Updates;

namespace PartnerCenterSR.Simulation;

/// <summary>Counts the verdicts, and the rules without which one would have been another.</summary>
internal sealed class CountingJudge(World world, CertaintyRules rules) : Judge(rules)
{
    private static readonly CertaintyRules[] Single = [.. Enum.GetValues<CertaintyRules>().Where(rule => rule is not (CertaintyRules.None or CertaintyRules.All))];

    public override (Verdict Verdict, ServiceRequestChanges Remaining) Decide(Evidence evidence, ServiceRequestChanges asked)
    {
        (Verdict Verdict, ServiceRequestChanges Remaining) decided = base.Decide(evidence, asked);
        world.Census.Count($"verdict: {decided.Verdict}");
        world.Tell($"read back: {decided.Verdict}");
        foreach (CertaintyRules rule in Single.Where(rule => (evidence with { Rules = evidence.Rules & ~rule }).Judge(asked).Verdict != decided.Verdict))
        {
            world.Census.Count($"rule: {rule}");
        }

        return decided;
    }
}
