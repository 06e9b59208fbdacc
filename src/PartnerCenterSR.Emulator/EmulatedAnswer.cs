using System.Collections.Generic;
using System.Text;

namespace PartnerCenterSR.Emulator;

/// <summary>An answer to be sent.</summary>
internal sealed record EmulatedAnswer(int Status, byte[] Body)
{
    public EmulatedAnswer(int status, string body = "")
        : this(status, Encoding.UTF8.GetBytes(body))
    {
    }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
