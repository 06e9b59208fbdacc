using System;
using System.Collections.Generic;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Where a cloud's API and sign-in are.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Endpoint">The API.</param>
/// <param name="Authority">The sign-in service, without the tenant.</param>
/// <param name="OtherAuthorityHosts">Further hosts of the sign-in service.</param>
internal sealed record Cloud(PartnerEnvironment Environment, Uri Endpoint, Uri Authority, params string[] OtherAuthorityHosts)
{
    public IReadOnlyList<string> AuthorityHosts { get; } = [Authority.Host, .. OtherAuthorityHosts];
}
