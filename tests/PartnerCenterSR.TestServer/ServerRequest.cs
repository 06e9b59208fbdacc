using System.Text.Json.Nodes;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>What a test asks a server to be like, in JSON.</summary>
internal sealed record ServerRequest
{
    public Generation Generation { get; init; }

    /// <summary>How many sample requests it has. Null: 24, or those of <see cref="Data"/>.</summary>
    public int? Count { get; init; }

    public JsonArray? Data { get; init; }

    public bool HonoursRequestIds { get; init; } = true;

    public int PageSize { get; init; } = 100;

    public Disguise Disguise { get; init; } = new();

    public int LatencyMs { get; init; }

    /// <summary>How many calls are let in before every token is refused. Null: no limit.</summary>
    public int? AcceptsFirst { get; init; }

    /// <summary>Whether a token has MFA, by the service's word. Null: it says nothing, or what the sign-in server knows.</summary>
    public bool? IsMfaCompliant { get; init; }

    /// <summary>From this call on, from 1, tokens without MFA are refused; only each so-manieth. Null: never.</summary>
    public int? MfaFrom { get; init; }

    public int MfaEvery { get; init; } = 1;

    public bool AcceptsAnyToken { get; init; }
}
