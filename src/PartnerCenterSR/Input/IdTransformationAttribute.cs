using System;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;

namespace PartnerCenterSR.Input;

/// <summary>
/// Keeps an object from being taken for an id as a whole ("@{TenantId=…}"): its id counts, or none, and what the binder found in
/// its other properties stands.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject or ServiceRequest } row
            ? UpdateColumn.Id.Names.Select(name => row.Properties[name]?.Value).FirstOrDefault(id => id is not null) ?? Array.Empty<string>()
            : inputData;
}
