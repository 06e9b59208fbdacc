using System;
using System.Collections.Generic;
using System.Threading;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>When to misbehave, and how, as a test asks for it in JSON. What is left out matches every call, and changes nothing.</summary>
internal sealed record FaultRule
{
    private int _matched;

    public string? Method { get; init; }

    /// <summary>A part of path and query.</summary>
    public string? Address { get; init; }

    /// <summary>The first and the last matching call that is meant, from 1.</summary>
    public int From { get; init; } = 1;

    public int To { get; init; } = int.MaxValue;

    /// <summary>Of those, each so-many-th only.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The status in place of the real answer. Null: the real one.</summary>
    public int? Status { get; init; }

    /// <summary>The body; {endpoint} is the server's address, {authorization} the header of the call.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>The body in Base64, where it is no text. Null: as above.</summary>
    public string? Bytes { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether the call is carried out all the same.</summary>
    public bool Applies { get; init; }

    public FaultEnding Ending { get; init; }

    public int DelayMs { get; init; }

    /// <summary>After how many more readings the call is carried out, although it was answered long before.</summary>
    public int? LateByReads { get; init; }

    /// <summary>Whether the call waits until it is released.</summary>
    public bool Holds { get; init; }

    /// <param name="call">A call.</param>
    /// <param name="endpoint">The server's address.</param>
    /// <returns>Null: the rule does not mean this call.</returns>
    public Fault? Apply(EmulatedCall call, Uri endpoint)
    {
        if ((Method is not null && Method != call.Method)
            || (Address is not null && !call.Uri.PathAndQuery.Contains(Address, StringComparison.OrdinalIgnoreCase))
            || Interlocked.Increment(ref _matched) is var number && (number < From || number > To || number % Every != 0))
        {
            return null;
        }

        string body = Body
            .Replace("{endpoint}", endpoint.AbsoluteUri, StringComparison.Ordinal)
            .Replace("{authorization}", call.Headers["Authorization"], StringComparison.Ordinal);
        return new Fault(Applies || (Status is null && Ending == FaultEnding.Answers), Ending)
        {
            Answer = Status is { } status ? (Bytes is null ? new EmulatedAnswer(status, body) : new EmulatedAnswer(status, Convert.FromBase64String(Bytes))) with { Headers = Headers } : null,
            Delay = TimeSpan.FromMilliseconds(DelayMs),
            Holds = Holds,
            LateByReads = LateByReads,
        };
    }
}
