using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Simulation;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Worlds that are legal and unkind; docs/testing.md says how to tell one as a story, and how to live through 100,000.</summary>
public sealed class SimulationTests
{
    private const int AllWorlds = 2_000;

    /// <summary>Fewer where a thousand changes of the code are tried, one after another.</summary>
    private static readonly int Worlds = int.TryParse(Environment.GetEnvironmentVariable("PARTNERCENTERSR_WORLDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int worlds) ? worlds : AllWorlds;

    public static TheoryData<string> Rules() => new(Enum.GetNames<CertaintyRules>().Except([nameof(CertaintyRules.None), nameof(CertaintyRules.All)]));

    [Fact]
    public void In_no_world_is_anything_lost_doubled_reordered_or_told_wrongly_and_each_situation_is_met()
    {
        SimulationResult[] results = [.. Enumerable.Range(1, Worlds).AsParallel().AsOrdered().Select(seed => Simulation.Simulation.Run(seed))];
        Assert.Equal(string.Empty, results.FirstOrDefault(result => result.Violations.Count > 0)?.ToString() ?? string.Empty);
        Census census = new();
        Array.ForEach(results, result => census.Add(result.Census));
        string[] met = [.. census.Met.Keys];

        // Fewer worlds than all meet less: there only what goes wrong counts.
        Assert.Empty(Worlds < AllWorlds ? [] : Expected().Except(met));
    }

    [Theory]
    [InlineData(104, "did not stop")]
    [InlineData(422, "an update that may be there was told as not sent")]
    [InlineData(607, "the first of two identical rows was gone from the file")]
    [InlineData(876, "an update that was accepted before the service went away was told as not sent")]
    [InlineData(1194, "the same")]
    [InlineData(1379, "of identical rows the one that had not left was skipped as done, when the file was reduced to it")]
    [InlineData(1065, "of rows with one note and different states one took the other's place in the journal")]
    [InlineData(1274, "the same")]
    [InlineData(872, "dates off by a little more than the skew passed for kept")]
    [InlineData(1550, "the same")]
    [InlineData(2588, "another update's note was taken for ours")]
    [InlineData(4701, "the rest of an update took the note of the whole for another's")]
    [InlineData(12504, "of identical rows the done one was claimed before the failed one")]
    [InlineData(41103, "identical rows, a full disk and a reduced file")]
    [InlineData(42685, "an older identical note hid that an answer was old")]
    [InlineData(92658, "a hand that came two milliseconds after ours")]
    [InlineData(124880, "a hand after ours, where notes are dated ahead of changes")]
    [InlineData(393989, "the same")]
    [InlineData(17029, "the rest of half an update that the journal could not take was told as failed")]
    [InlineData(49070, "the rest of half an update failed, and the whole was sent again")]
    [InlineData(77220, "the rest was sent after the user had stopped the run")]
    [InlineData(49434, "where answers took long, a colleague's note of before was taken for ours")]
    [InlineData(53329, "of two notes the later was taken for the earlier's, and the earlier for ours")]
    [InlineData(34067, "an answer that did not show yet what came last passed for the proof that the one before was not ours")]
    [InlineData(74575, "small deviations of dates added up")]
    [InlineData(795125, "a colleague's same words while the machine slept passed for our last change")]
    public void A_world_in_which_something_went_wrong_once_stays_mended(int seed, string what)
    {
        SimulationResult result = Simulation.Simulation.Run(seed);
        Assert.True(result.Violations.Count == 0, what + Environment.NewLine + result);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_left_out_is_missed(string rule)
    {
        CertaintyRules others = CertaintyRules.All & ~Enum.Parse<CertaintyRules>(rule);
        Assert.Contains(Enumerable.Range(1, AllWorlds), seed => Simulation.Simulation.Run(seed, others).Violations.Count > 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(422)]
    public void A_seed_gives_the_same_world_again(int seed) => Assert.Equal(Simulation.Simulation.Run(seed).Story, Simulation.Simulation.Run(seed).Story);

    private static IEnumerable<string> Expected() =>
    [
        "world: kind", "other hands", "applied in part", "identical older note", "frozen copy", "outage", "killed", "power cut", "crash: bytes lost", "disk full", "asked for a pause", "the same note with another state",
        "machine slept", "wall clock set", "stopped", "resumed with a reduced file", "resumed with other line ends",
        "crowded", "crowded, -SkipUnchanged", "slow answer", "copy with its age", "the only answer that is lost",
        "dates: kept", "dates: off", "dates: no Date header",
        .. new[] { "none", "entities", "blanks", "decomposed", "cut", "surrogates" }.Select(rewriting => "rewriting: " + rewriting),
        .. new[] { "none", "refused", "never connected", "not applied", "applied", "applied late", "unforeseen", "unforeseen applied", "bad request" }.Select(fault => "PATCH " + fault),
        .. new[] { "none", "unavailable", "unforeseen", "never connected" }.Select(fault => "GET " + fault),
        .. new[] { "Succeeded", "Failed", "Unknown", "Skipped", "NotSent", "contradicted" }.Select(told => "told: " + told),
        .. Enum.GetNames<Verdict>().Select(verdict => "verdict: " + verdict),
        .. Enum.GetNames<CertaintyRules>().Except(["None", "All", "Order", "Unforeseen"]).Select(rule => "rule: " + rule),
    ];
}
