using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PartnerCenterSR.Emulator;

/// <summary>The emulator on a loopback port of its own, until it is disposed.</summary>
internal sealed class EmulatorServer : IDisposable
{
    private const int MostTries = 20;
    private const int LargestBody = 1 << 20;

    private readonly HttpListener _listener;

    private EmulatorServer(HttpListener listener, Uri endpoint, EmulatorOptions options)
    {
        _listener = listener;
        Endpoint = endpoint;
        Service = new(options, Token);
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>The only token it accepts.</summary>
    public string Token { get; } = "emulator-" + Guid.NewGuid().ToString("N");

    private EmulatedService Service { get; }

    /// <param name="dataPath">A JSON file of the requests to begin with. Null: samples.</param>
    /// <exception cref="InvalidDataException">The file holds no requests.</exception>
    public static EmulatorServer Start(string? dataPath)
    {
        EmulatorOptions options = new() { IsMfaCompliant = _ => true, Data = dataPath is null ? null : RequestReader.ReadFile(dataPath) };
        for (int tries = 1; ; tries++)
        {
            Uri endpoint = new($"http://127.0.0.1:{FreePort()}/");
            HttpListener listener = new() { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(endpoint.AbsoluteUri);
            try
            {
                listener.Start();
            }
            catch (HttpListenerException) when (tries < MostTries)
            {
                // Someone took the port in between.
                listener.Close();
                continue;
            }

            EmulatorServer server = new(listener, endpoint, options);
            _ = Task.Run(server.ListenAsync);
            return server;
        }
    }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = Task.Run(() => HandleAsync(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // A caller that went away while calling; or the end, which the loop's condition sees.
            }
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        try
        {
            EmulatedCall call = new(context.Request.HttpMethod, context.Request.Url!, context.Request.Headers, []);

            // A stranger on this machine learns nothing, and nothing of hers is read.
            EmulatedAnswer answer = Service.Refuse(call)
                ?? (await ReadAsync(context.Request).ConfigureAwait(false) is { } body ? Service.Answer(call with { Body = body }) : new EmulatedAnswer((int)HttpStatusCode.RequestEntityTooLarge));
            await SendAsync(context.Response, answer).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The caller went away, or the emulator ends.
            context.Response.Abort();
        }
    }

    /// <returns>Null: it is larger than any update.</returns>
    private static async Task<byte[]?> ReadAsync(HttpListenerRequest request)
    {
        if (request.ContentLength64 > LargestBody)
        {
            return null;
        }

        byte[] body = new byte[LargestBody + 1];
        int length = 0;
        while (request.HasEntityBody && length < body.Length && await request.InputStream.ReadAsync(body, length, body.Length - length).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
        }

        Array.Resize(ref body, length);
        return length > LargestBody ? null : body;
    }

    private static async Task SendAsync(HttpListenerResponse response, EmulatedAnswer answer)
    {
        response.StatusCode = answer.Status;
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength64 = answer.Body.Length;
        await response.OutputStream.WriteAsync(answer.Body, 0, answer.Body.Length).ConfigureAwait(false);
        response.Close();
    }
}
