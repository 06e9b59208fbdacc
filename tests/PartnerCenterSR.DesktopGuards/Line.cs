using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace PartnerCenterSR.DesktopGuards;

/// <summary>A server of a few lines, so that what comes in is seen as it is on the line, and a connection can be cut at will.</summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, bool> _isCut;
    private readonly List<(int Connection, string Head)> _heard = [];
    private int _connections;

    /// <param name="isCut">Whether the so manieth request, from 1, is heard and not answered: its connection ends.</param>
    public Line(Func<int, bool> isCut)
    {
        _isCut = isCut;
        _listener.Start();
        _ = ListenAsync();
    }

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));

    /// <summary>The head of each request, and which connection it came by.</summary>
    public IReadOnlyList<(int Connection, string Head)> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task ListenAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                return;
            }

            _ = AnswerAsync(client, ++_connections);
        }
    }

    private async Task AnswerAsync(TcpClient client, int connection)
    {
        using (client)
        using (StreamReader reader = new(client.GetStream(), Encoding.ASCII))
        {
            while (await HeadAsync(reader).ConfigureAwait(false) is { } head)
            {
                int length = head.Split('\n').Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => int.Parse(line.Substring(15).Trim(), null)).FirstOrDefault();
                if (length > 0)
                {
                    _ = await reader.ReadBlockAsync(new char[length], 0, length).ConfigureAwait(false);
                }

                int number;
                lock (_heard)
                {
                    _heard.Add((connection, head));
                    number = _heard.Count;
                }

                if (_isCut(number))
                {
                    return;
                }

                bool isLast = head.IndexOf("Connection: close", StringComparison.OrdinalIgnoreCase) > 0;
                byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n" + (isLast ? "Connection: close\r\n" : string.Empty) + "\r\n{}");
                await client.GetStream().WriteAsync(answer, 0, answer.Length).ConfigureAwait(false);
                if (isLast)
                {
                    return;
                }
            }
        }
    }

    private static async Task<string?> HeadAsync(StreamReader reader)
    {
        StringBuilder head = new();
        for (string? line = await reader.ReadLineAsync().ConfigureAwait(false); line is not null; line = await reader.ReadLineAsync().ConfigureAwait(false))
        {
            if (line.Length == 0)
            {
                return head.ToString();
            }

            head.Append(line).Append('\n');
        }

        return null;
    }
}
