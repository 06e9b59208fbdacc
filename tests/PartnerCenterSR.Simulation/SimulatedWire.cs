using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Simulation;

/// <summary>One process's end of the wire: what it hears dies with it.</summary>
internal sealed class SimulatedWire(SimulatedService service, SimulatedMachine machine, MachineTime time) : ITransport
{
    public Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
    {
        DateTimeOffset sent = machine.Now;
        return service.SendAsync(request, options, response => response with { ReceivedAt = machine.Now, Took = machine.Now - sent }, () => time.IsAlive);
    }
}

/// <summary>Nobody listens.</summary>
internal sealed class SilentObserver : IClientObserver
{
    public bool IsListening => false;

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Prompt(string message)
    {
    }

    public void Outage(bool isOut)
    {
    }

    public void Settling(string id, TimeSpan remaining)
    {
    }

    public Task<string> RunAsync(Func<string> work, TimeSpan longest) => throw new NotSupportedException();

    public void Waiting(TimeSpan remaining)
    {
    }
}
