using System;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>How the emulator is to be.</summary>
internal sealed record EmulatorOptions
{
    public Generation Generation { get; init; }

    /// <summary>The requests to begin with. Null: samples.</summary>
    public JsonArray? Data { get; init; }

    /// <summary>Whether a repeated MS-RequestId is answered as before and not carried out again.</summary>
    public bool HonoursRequestIds { get; init; } = true;

    /// <summary>How many requests a page of a list has where the caller does not say.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>What is said where a call asks whether the token was gained with MFA. Null: nothing.</summary>
    public Func<string?, bool?>? IsMfaCompliant { get; init; }

    /// <summary>Whether a token is good. Null: only the emulator's own.</summary>
    public Func<string?, bool>? Accepts { get; init; }
}
