using System;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>Hears what the client does. Called from any thread; what it hears never holds a secret.</summary>
internal interface IClientObserver
{
    /// <summary>Whether anyone listens to <see cref="Verbose"/> and <see cref="Debug"/>: else the words need not be made.</summary>
    bool IsListening { get; }

    void Verbose(string message);

    void Debug(string message);

    void Warning(string message);

    /// <summary>Something to be read by a person now, captured output or not.</summary>
    void Prompt(string message);

    /// <summary>Has something done where scripts run.</summary>
    /// <returns>Ends when it is done; with the exception that it met.</returns>
    /// <param name="work">What is to be run.</param>
    /// <param name="longest">How long it may have to wait for its turn.</param>
    /// <exception cref="TimeoutException">It had to wait for longer, and was not begun.</exception>
    Task<string> RunAsync(Func<string> work, TimeSpan longest);

    /// <summary>An update whose outcome is open waits so long until what happened to it is certain.</summary>
    void Settling(string id, TimeSpan remaining);

    /// <summary>The service does not answer, or answers again.</summary>
    void Outage(bool isOut);

    /// <summary>The service asked for a pause that ends after <paramref name="remaining"/>.</summary>
    void Waiting(TimeSpan remaining);
}
