using System.Collections.Generic;

namespace PartnerCenterSR.Core;

/// <summary>A column of a row of updates: the name and aliases of its parameter, which serve as headers of a file too.</summary>
internal sealed record UpdateColumn(string Name, params string[] Aliases)
{
    public static UpdateColumn Id { get; } = new("Id", "ServiceRequestId", "RequestId");

    public static UpdateColumn Note { get; } = new("Note", "NewNote", "AddNote");

    public static UpdateColumn Status { get; } = new("Status");

    public static UpdateColumn CustomerId { get; } = new("CustomerId", "TenantId", "CustomerTenantId");

    /// <summary>All of them, in the order in which a row is written.</summary>
    public static IReadOnlyList<UpdateColumn> All { get; } = [Id, Note, Status, CustomerId];

    /// <summary>The name, then the aliases.</summary>
    public IReadOnlyList<string> Names { get; } = [Name, .. Aliases];
}
