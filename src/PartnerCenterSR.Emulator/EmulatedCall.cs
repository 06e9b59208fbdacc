using System;
using System.Collections.Specialized;

namespace PartnerCenterSR.Emulator;

/// <summary>A call as it arrived.</summary>
/// <param name="Number">From 1, in the order of arrival.</param>
internal sealed record EmulatedCall(long Number, string Method, Uri Uri, NameValueCollection Headers, byte[] Body)
{
    /// <summary>When it had arrived, by <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Timestamp { get; init; }

    public string BodyText => System.Text.Encoding.UTF8.GetString(Body);

    public string? RequestId => Headers["MS-RequestId"];
}
