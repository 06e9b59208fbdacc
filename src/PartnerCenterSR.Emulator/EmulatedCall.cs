using System;
using System.Collections.Specialized;

namespace PartnerCenterSR.Emulator;

/// <summary>A call as it arrived.</summary>
internal sealed record EmulatedCall(string Method, Uri Uri, NameValueCollection Headers, byte[] Body)
{
    /// <summary>Its place in the order of arrival, where someone counts.</summary>
    public long Number { get; init; }

    public string BodyText => System.Text.Encoding.UTF8.GetString(Body);

    public string? RequestId => Headers["MS-RequestId"];
}
