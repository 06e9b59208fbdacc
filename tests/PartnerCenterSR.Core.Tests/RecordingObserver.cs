using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Tests;

/// <summary>Keeps what it hears.</summary>
internal sealed class RecordingObserver : IClientObserver
{
    public bool IsListening => true;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>What was told of the service: down, or back.</summary>
    public ConcurrentQueue<bool> Outages { get; } = new();

    /// <summary>What -Verbose tells.</summary>
    public ConcurrentQueue<string> Details { get; } = new();

    public ConcurrentQueue<string> Debugs { get; } = new();

    public void Debug(string message) => Debugs.Enqueue(message);

    /// <summary>What a person was asked.</summary>
    public ConcurrentQueue<string> Prompts { get; } = new();

    public void Prompt(string message) => Prompts.Enqueue(message);

    public void Outage(bool isOut) => Outages.Enqueue(isOut);

    public void Settling(string id, TimeSpan remaining) => Waits.Enqueue(remaining);

    public void Verbose(string message) => Details.Enqueue(message);

    public Task<string> RunAsync(Func<string> work, TimeSpan longest) => Task.Run(work);

    public void Waiting(TimeSpan remaining) => Waits.Enqueue(remaining);

    public void Warning(string message) => Warnings.Enqueue(message);
}
