using Xunit;
using Xunit.Abstractions;

namespace PartnerCenterSR.Core.Tests.Updates;

public sealed class FaultStormOfAnOlderServiceTests(ITestOutputHelper output) : FaultStorm(output)
{
    [Fact]
    public void Lands_every_note_once_though_request_ids_are_ignored() => Run(honours: false, older: true);
}

public sealed class FaultStormOfACurrentServiceTests(ITestOutputHelper output) : FaultStorm(output)
{
    [Fact]
    public void Lands_every_note_once_though_request_ids_are_ignored() => Run(honours: false, older: false);
}

public sealed class FaultStormOfAServiceThatHonoursRequestIdsTests(ITestOutputHelper output) : FaultStorm(output)
{
    [Fact]
    public void Lands_every_note_once() => Run(honours: true, older: true);
}
