using System;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>A way to misbehave at one call.</summary>
/// <param name="Applies">Whether the call is carried out all the same.</param>
/// <param name="Ending">What becomes of the connection.</param>
internal sealed record Fault(bool Applies, FaultEnding Ending)
{
    /// <summary>What is sent in place of the real answer. Null: the real one.</summary>
    public EmulatedAnswer? Answer { get; init; }

    /// <summary>How long it takes before anything is done.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>Whether it waits before anything is done until it is released.</summary>
    public bool Holds { get; init; }

    /// <summary>After how many more readings it is carried out, although it was answered long before. Null: it is not.</summary>
    public int? LateByReads { get; init; }

    public static Fault Instead(int status, string body = "") => new(false, FaultEnding.Answers) { Answer = new(status, body) };

    public static Fault After(int status, string body = "") => new(true, FaultEnding.Answers) { Answer = new(status, body) };
}
