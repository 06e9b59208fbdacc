using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.DesktopGuards;

/// <summary>An update goes out once, on a connection of its own, whatever the HTTP stack does by itself.</summary>
internal static class HttpGuards
{
    public static IReadOnlyList<(string Promise, Func<Task> Guard)> All =>
    [
        ("each update has a connection of its own, and asks for its end", UpdatesHaveTheirOwnConnectionAsync),
        ("an update whose connection dies without an answer is not sent again, and is open", ADeadConnectionIsNoReasonToSendAgainAsync),
        ("nothing waits for 100-continue", NothingExpectsAsync),
        ("a refused connection is known as one", ARefusedConnectionIsKnownAsync),
        ("TLS 1.2 is allowed", TlsIsAllowedAsync),
        ("a link with slashes of every kind is read or refused", StrangeLinksAsync),
    ];

    private static async Task UpdatesHaveTheirOwnConnectionAsync()
    {
        using Line line = new(_ => false);
        await SendAsync(line.Address, HttpMethod.Get).ConfigureAwait(false);
        for (int i = 0; i < 3; i++)
        {
            await SendAsync(line.Address, ApiRequest.Patch).ConfigureAwait(false);
        }

        Program.Same(4, line.Heard.Select(heard => heard.Connection).Distinct().Count());
        Program.Same(3, line.Heard.Count(heard => heard.Head.StartsWith("PATCH ", StringComparison.Ordinal) && heard.Head.IndexOf("Connection: close", StringComparison.OrdinalIgnoreCase) > 0));
    }

    private static async Task ADeadConnectionIsNoReasonToSendAgainAsync()
    {
        // The first leaves a connection that the stack may keep; the second is heard, and its connection ends.
        using Line line = new(number => number == 2);
        await SendAsync(line.Address, ApiRequest.Patch).ConfigureAwait(false);
        PartnerCenterException? error = await SendAsync(line.Address, ApiRequest.Patch).ConfigureAwait(false);
        Program.Same(2, line.Heard.Count);
        Program.Same(true, error?.OutcomeOpen);
    }

    private static async Task NothingExpectsAsync()
    {
        using Line line = new(_ => false);
        await SendAsync(line.Address, ApiRequest.Patch).ConfigureAwait(false);
        Program.Same(-1, line.Heard[0].Head.IndexOf("Expect", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task ARefusedConnectionIsKnownAsync()
    {
        TcpListener gone = new(IPAddress.Loopback, 0);
        gone.Start();
        Uri address = new(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)gone.LocalEndpoint).Port}/"));
        gone.Stop();
        PartnerCenterException? error = await SendAsync(address, ApiRequest.Patch).ConfigureAwait(false);
        Program.Same((ErrorIds.ConnectionFailed, false), (error?.ErrorId, error?.OutcomeOpen));
    }

    private static Task TlsIsAllowedAsync()
    {
        _ = SharedConnections.Client;
        Program.Same(true, ServicePointManager.SecurityProtocol == 0 || ServicePointManager.SecurityProtocol.HasFlag(SecurityProtocolType.Tls12));
        return Task.CompletedTask;
    }

    private static Task StrangeLinksAsync()
    {
        Uri endpoint = new("https://api.example/v1/servicerequests");
        foreach (string link in new[] { "/v1/servicerequests?seekOperation=Next", "//evil.example/x", "https://evil.example/v1", "\\\\evil.example\\x", "////", "http:////", "/%2e%2e/%2e%2e/x", "https://api.example@evil.example/" })
        {
            try
            {
                Uri read = Core.Service.NextLink.Resolve(endpoint, endpoint, link);
                Program.Same((endpoint.Scheme, endpoint.Host, endpoint.Port), (read.Scheme, read.Host, read.Port));
            }
            catch (PartnerCenterException)
            {
                // Refused is as good.
                continue;
            }
        }

        return Task.CompletedTask;
    }

    /// <returns>Null: it was answered well.</returns>
    private static async Task<PartnerCenterException?> SendAsync(Uri endpoint, HttpMethod method)
    {
        Transport transport = new(SharedConnections.Client, SharedConnections.Writing, new() { Endpoint = endpoint }, new(TimeProvider.System));
        ApiRequest request = new(method, new(endpoint, "v1/servicerequests/1")) { Body = method == HttpMethod.Get ? null : Encoding.UTF8.GetBytes("{\"Status\":\"closed\"}") };
        try
        {
            await transport.SendAsync(request, "token", new(new Silent(), CancellationToken.None)).ConfigureAwait(false);
            return null;
        }
        catch (PartnerCenterException error)
        {
            return error;
        }
    }
}
