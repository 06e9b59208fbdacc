using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>The emulated service on a loopback port of its own, until it is disposed.</summary>
internal sealed class TestServer : IDisposable
{
    private const int LongestWaitMs = 30_000;

    private readonly WebApplication _web;
    private readonly TestServerOptions _options;
    private readonly List<EmulatedCall> _calls = [];
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(EmulatedCall Call, int Reads)> _late = [];
    private long _number;
    private int _updates;

    private TestServer(TestServerOptions options)
    {
        _options = options;
        Service = new(
            new() { Generation = options.Generation, Data = options.Data, HonoursRequestIds = options.HonoursRequestIds, PageSize = options.PageSize, Accepts = options.Accepts, IsMfaCompliant = options.IsMfaCompliant },
            Token);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        _web = builder.Build();
        _web.Run(HandleAsync);
        _web.StartAsync().GetAwaiter().GetResult();
        Endpoint = new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>The only token it accepts, unless told otherwise.</summary>
    public string Token { get; } = "test-" + Guid.NewGuid().ToString("N");

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

    public static TestServer Start(TestServerOptions? options = null) => new(options ?? new());

    /// <summary>Lets go on what is held, and holds nothing more.</summary>
    public void Release() => _held.TrySetResult();

    /// <summary>Returns once so many calls that match have come.</summary>
    /// <exception cref="TimeoutException">They have not.</exception>
    public void WaitForCalls(Func<EmulatedCall, bool> match, int count)
    {
        lock (_calls)
        {
            long end = Environment.TickCount64 + LongestWaitMs;
            while (_calls.Count(match) < count)
            {
                if (!Monitor.Wait(_calls, (int)Math.Max(0, end - Environment.TickCount64)))
                {
                    throw new TimeoutException($"{_calls.Count(match)} of {count} calls came.");
                }
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _web.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
        try
        {
            EmulatedCall call = await ReadAsync(context.Request);
            Fault? fault = _options.Misbehave?.Invoke(call);
            if (fault is { Holds: true })
            {
                await _held.Task.WaitAsync(gone.Token);
            }

            TimeSpan delay = _options.Latency + (fault?.Delay ?? TimeSpan.Zero);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _end.Token);
            }

            EmulatedAnswer? answer = fault is { Applies: false } ? fault.Answer : Carry(call);
            Delay(call, fault?.LateByReads);
            await EndAsync(context, fault?.Answer ?? answer ?? new EmulatedAnswer(500), fault?.Ending ?? FaultEnding.Answers, gone.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private EmulatedAnswer Carry(EmulatedCall call) => call.Method == "PATCH" && _options.Disguise.Refuse(call) is { } refusal ? refusal :
        _options.Disguise.Show(Service.Answer(call.Method == "PATCH" ? _options.Disguise.Take(call, Interlocked.Increment(ref _updates)) : _options.Disguise.Turn(call, _options.PageSize)));

    /// <summary>Keeps what is to be carried out late, and carries out what is due after this reading.</summary>
    private void Delay(EmulatedCall call, int? reads)
    {
        lock (_late)
        {
            if (reads is { } count)
            {
                _late.Add((call, count));
            }
            else if (call.Method == "GET")
            {
                for (int i = 0; i < _late.Count; i++)
                {
                    _late[i] = _late[i] with { Reads = _late[i].Reads - 1 };
                }

                _late.FindAll(late => late.Reads <= 0).ForEach(late => Carry(late.Call));
                _late.RemoveAll(late => late.Reads <= 0);
            }
        }
    }

    private async Task<EmulatedCall> ReadAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        NameValueCollection headers = [];
        foreach (KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header in request.Headers)
        {
            headers[header.Key] = header.Value.ToString();
        }

        EmulatedCall call = new(request.Method, new Uri(request.GetEncodedUrl()), headers, body.ToArray()) { Number = Interlocked.Increment(ref _number) };
        if (_options.KeepsCalls)
        {
            lock (_calls)
            {
                _calls.Add(call);
                Monitor.PulseAll(_calls);
            }
        }

        return call;
    }

    private static async Task EndAsync(HttpContext context, EmulatedAnswer answer, FaultEnding ending, CancellationToken gone)
    {
        switch (ending)
        {
            case FaultEnding.Silence:
                await Task.Delay(Timeout.Infinite, gone);
                return;
            case FaultEnding.Cut:
                context.Abort();
                return;
        }

        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (answer.Status == 204)
        {
            return;
        }

        bool half = ending == FaultEnding.HalfAnAnswer;
        response.ContentType = answer.ContentType;
        response.ContentLength = half ? Math.Max(2, answer.Body.Length) : answer.Body.Length;
        await response.Body.WriteAsync(answer.Body.AsMemory(0, half ? answer.Body.Length / 2 : answer.Body.Length), gone);
        if (half)
        {
            await response.Body.FlushAsync(gone);
            context.Abort();
        }
    }
}
