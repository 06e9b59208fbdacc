using System;
using System.Linq;
using System.Management.Automation;

namespace PartnerCenterSR.Binding;

/// <summary>
/// Keeps an object from being taken for an id as a whole ("@{TenantId=…}"): its id counts, or none, and what the binder found in
/// its other properties stands.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Names = ["Id", "ServiceRequestId", "RequestId"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject or ServiceRequest } row
            ? Names.Select(name => row.Properties[name]?.Value).FirstOrDefault(id => id is not null) ?? Array.Empty<string>()
            : inputData;
}
