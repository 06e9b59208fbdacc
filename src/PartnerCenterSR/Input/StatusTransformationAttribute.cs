using System;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;

namespace PartnerCenterSR.Input;

/// <summary>Lets a state be written as the service writes it ("attention_needed") or as people do ("Attention needed").</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StatusTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text => WireWords.TryParseStatus(text.Trim(), out ServiceRequestStatus status) ? status : inputData,
        object[] list => list.Select(item => Transform(engineIntrinsics, item)).ToArray(),
        _ => inputData,
    };
}
