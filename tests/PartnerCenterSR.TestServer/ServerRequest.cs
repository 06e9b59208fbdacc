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

    public bool AcceptsAnyToken { get; init; }
}
