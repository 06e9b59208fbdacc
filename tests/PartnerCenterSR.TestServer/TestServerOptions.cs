using System;
using System.Text.Json.Nodes;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>What the service is like, and how it misbehaves.</summary>
internal sealed record TestServerOptions
{
    public Generation Generation { get; init; }

    public JsonArray? Data { get; init; }

    public bool HonoursRequestIds { get; init; } = true;

    public int PageSize { get; init; } = 100;

    /// <summary>Whether a token is good. Null: only the server's own.</summary>
    public Func<string?, bool>? Accepts { get; init; }

    /// <summary>What is said of a token's MFA where that is asked. Null: nothing.</summary>
    public Func<string?, bool?>? IsMfaCompliant { get; init; }

    /// <summary>Whether and how to misbehave at a call. Null: never.</summary>
    public Func<EmulatedCall, Fault?>? Misbehave { get; init; }

    /// <summary>What it makes of what it is given.</summary>
    public Disguise Disguise { get; init; } = new();

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Whether to keep every call to look at.</summary>
    public bool KeepsCalls { get; init; }
}
