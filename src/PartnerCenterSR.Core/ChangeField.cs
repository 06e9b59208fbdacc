using System;
using System.Text.Json;

namespace PartnerCenterSR.Core;

/// <summary>One property that an update can set.</summary>
/// <param name="Name">Its name, here as on the wire.</param>
/// <param name="Text">Its value as text. Null: it is left as it is.</param>
/// <param name="With">The changes with its value from text.</param>
internal sealed record ChangeField(
    string Name, Func<ServiceRequestChanges, string?> Text, Func<ServiceRequestChanges, string, ServiceRequestChanges> With)
{
    /// <summary>The value that a request has, as text. Null: it has no single value to compare.</summary>
    public Func<ServiceRequest, string?>? Current { get; init; }

    /// <summary>The change in words.</summary>
    public Func<string, string> Describe { get; init; } = text => text;

    /// <summary>The number that stands for its value on the wire. Null: it is text.</summary>
    public Func<ServiceRequestChanges, int>? Number { get; init; }

    /// <summary>Writes its part of the body. Null: name and text.</summary>
    public Action<Utf8JsonWriter, ServiceRequestChanges>? WriteBody { get; init; }
}
