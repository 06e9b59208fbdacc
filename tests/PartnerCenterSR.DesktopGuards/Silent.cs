using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.DesktopGuards;

/// <summary>Nobody listens.</summary>
internal sealed class Silent : IClientObserver
{
    public bool IsListening => false;

    public void Debug(string message)
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

    public void Verbose(string message)
    {
    }

    public Task<string> RunAsync(Func<string> work, TimeSpan longest) => Task.Run(work);

    public void Waiting(TimeSpan remaining)
    {
    }

    public void Warning(string message)
    {
    }
}
