using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Emulator;

/// <summary>The emulator on a loopback port of its own, until it is disposed.</summary>
internal sealed class EmulatorServer : IDisposable
{
    private const int MostTries = 20;

    private readonly HttpListener _listener;
    private readonly EmulatorOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly List<EmulatedCall> _calls = [];
    private long _number;

    private EmulatorServer(HttpListener listener, Uri endpoint, EmulatorOptions options)
    {
        _listener = listener;
        _options = options;
        Endpoint = endpoint;
        Service = new(options, Token);
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>The only token it accepts.</summary>
    public string Token { get; } = "emulator-" + Guid.NewGuid().ToString("N");

    public EmulatedService Service { get; }

    /// <summary>The calls so far, where they are kept.</summary>
    public IReadOnlyList<EmulatedCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <param name="dataPath">A JSON file of the requests to begin with. Null: samples.</param>
    /// <exception cref="InvalidDataException">The file holds no requests.</exception>
    public static EmulatorServer StartWith(string? dataPath) => Start(new() { Data = dataPath is null ? null : RequestReader.ReadFile(dataPath) });

    public static EmulatorServer Start(EmulatorOptions? options = null)
    {
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

            EmulatorServer server = new(listener, endpoint, options ?? new());
            _ = Task.Run(server.ListenAsync);
            return server;
        }
    }

    public void Dispose()
    {
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _listener.Close();
        }
    }

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
        while (!_end.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (!_listener.IsListening)
                {
                    return;
                }

                continue;
            }

            _ = Task.Run(() => HandleAsync(context));
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        try
        {
            EmulatedCall call = await ReadAsync(context.Request).ConfigureAwait(false);
            Fault? fault = _options.Misbehave?.Invoke(call);
            TimeSpan delay = _options.Latency + (fault?.Delay ?? TimeSpan.Zero);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _end.Token).ConfigureAwait(false);
            }

            EmulatedAnswer? answer = fault is { Applies: false } ? fault.Answer : Answer(call, fault);
            await EndAsync(context.Response, answer, fault?.Ending ?? FaultEnding.Answers).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The caller went away, or the emulator ends.
            context.Response.Abort();
        }
    }

    private EmulatedAnswer Answer(EmulatedCall call, Fault? fault)
    {
        EmulatedAnswer real = Service.Answer(call);
        return fault?.Answer ?? real;
    }

    private async Task<EmulatedCall> ReadAsync(HttpListenerRequest request)
    {
        using MemoryStream body = new();
        if (request.HasEntityBody)
        {
            await request.InputStream.CopyToAsync(body, 8192, _end.Token).ConfigureAwait(false);
        }

        EmulatedCall call = new(Interlocked.Increment(ref _number), request.HttpMethod, request.Url!, request.Headers, body.ToArray())
        {
            Timestamp = Stopwatch.GetTimestamp(),
        };
        if (_options.KeepsCalls)
        {
            lock (_calls)
            {
                _calls.Add(call);
            }
        }

        return call;
    }

    private async Task EndAsync(HttpListenerResponse response, EmulatedAnswer? answer, FaultEnding ending)
    {
        switch (ending)
        {
            case FaultEnding.Silence:
                await Task.Delay(Timeout.Infinite, _end.Token).ConfigureAwait(false);
                return;
            case FaultEnding.Cut:
                response.Abort();
                return;
        }

        EmulatedAnswer real = answer ?? new EmulatedAnswer(500);
        response.StatusCode = real.Status;
        response.ContentType = real.ContentType;
        foreach (KeyValuePair<string, string> header in real.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        bool half = ending == FaultEnding.HalfAnAnswer;
        response.ContentLength64 = half ? Math.Max(2, real.Body.Length) : real.Body.Length;
        await response.OutputStream.WriteAsync(real.Body, 0, half ? real.Body.Length / 2 : real.Body.Length, _end.Token).ConfigureAwait(false);
        if (half)
        {
            await response.OutputStream.FlushAsync(_end.Token).ConfigureAwait(false);
            response.Abort();
        }
        else
        {
            response.Close();
        }
    }
}
