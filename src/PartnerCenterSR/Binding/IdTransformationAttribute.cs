using System;
using System.Management.Automation;

namespace PartnerCenterSR.Binding;

/// <summary>
/// Keeps an object without an id from being taken for one as a whole ("@{TenantId=…}"): it counts as no id, and what the binder
/// found in its properties stands.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject }
            ? Array.Empty<string>()
            : inputData;
}
