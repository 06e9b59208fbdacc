using System.Collections.Generic;

namespace PartnerCenterSR.Simulation;

/// <param name="Seed">From which it can be repeated.</param>
/// <param name="Violations">What must not be. Empty: nothing was wrong.</param>
/// <param name="Story">What was sent, what the service did, what was told.</param>
/// <param name="Census">What was met.</param>
internal sealed record SimulationResult(int Seed, IReadOnlyList<string> Violations, IReadOnlyList<string> Story, Census Census)
{
    public override string ToString() => $"seed {Seed}: {string.Join("; ", Violations)}\n{string.Join('\n', Story)}";
}
