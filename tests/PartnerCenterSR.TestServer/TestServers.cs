using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Testing;

/// <summary>The servers of one test process, by number, and what can be asked of them.</summary>
internal sealed class TestServers : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private const string MfaRefusal = """{"code":"900421","description":"MFA is required."}""";

    private readonly Dictionary<int, TestServer> _servers = [];
    private readonly Dictionary<int, List<FaultRule>> _rules = [];
    private readonly Dictionary<int, SignInServer> _signIns = [];
    private readonly ConcurrentDictionary<int, SignInServer> _signInOf = new();
    private int _number;

    /// <exception cref="InvalidOperationException">There is no such thing to do, or no such server.</exception>
    public JsonNode? Do(JsonObject command)
    {
        int number = (int?)command["server"] ?? 0;
        return (string?)command["do"] switch
        {
            "start" => Start(command["options"].Deserialize<ServerRequest>(Json) ?? new()),
            "fault" => AddRule(number, command["rule"].Deserialize<FaultRule>(Json)!),
            "calm" => Calm(number),
            "release" => Then(() => Server(number).Release()),
            "wait" => Then(() => Server(number).WaitForCalls(call => Matches(call, command), (int)command["count"]!)),
            "calls" => new JsonArray([.. Server(number).Calls.Where(call => Matches(call, command)).Select(Describe)]),
            "notes" => new JsonArray([.. Server(number).Service.NotesOf((string)command["id"]!).Select(text => (JsonNode)text)]),
            "value" => Server(number).Service.ValueOf((string)command["id"]!, (string)command["property"]!),
            "updates" => Server(number).Service.Updates,
            "stop" => Then(() => Stop(number)),
            "signIn" => StartSignIn(command["options"].Deserialize<SignInRequest>(Json) ?? new()),
            "secrets" => new JsonArray([.. SignIn(number).Secrets.Select(secret => (JsonNode)secret)]),
            "grants" => new JsonArray([.. SignIn(number).Grants.Select(grant => (JsonNode)grant)]),
            var other => throw new InvalidOperationException($"There is no '{other}'."),
        };
    }

    public void Dispose()
    {
        foreach (int number in _servers.Keys.Concat(_signIns.Keys).ToArray())
        {
            Stop(number);
        }
    }

    private static JsonNode? Then(Action act)
    {
        act();
        return null;
    }

    private TestServer Server(int number) =>
        _servers.TryGetValue(number, out TestServer? server) ? server : throw new InvalidOperationException($"There is no server {number}.");

    private SignInServer SignIn(int number) =>
        _signIns.TryGetValue(number, out SignInServer? server) ? server : throw new InvalidOperationException($"There is no sign-in server {number}.");

    private JsonObject Start(ServerRequest request)
    {
        int number = ++_number;
        int accepted = 0;
        List<FaultRule> rules = [];
        TestServer? server = null;
        server = TestServer.Start(new()
        {
            Generation = request.Generation,
            Data = request.Data ?? (request.Count is { } count ? SampleData.Create(count) : null),
            HonoursRequestIds = request.HonoursRequestIds,
            PageSize = request.PageSize,
            Disguise = request.Disguise,
            Latency = TimeSpan.FromMilliseconds(request.LatencyMs),
            KeepsCalls = true,
            Accepts = request.AcceptsFirst is { } first ? _ => Interlocked.Increment(ref accepted) <= first
                : request.AcceptsAnyToken ? _ => true
                : token => _signInOf.TryGetValue(number, out SignInServer? signIn) ? signIn.Accepts(token) : token == server!.Token,
            IsMfaCompliant = token => request.IsMfaCompliant ?? (_signInOf.TryGetValue(number, out SignInServer? known) ? known.HasMfa(token) : null),
            Misbehave = call =>
            {
                if (call.Number >= request.MfaFrom && call.Number % request.MfaEvery == 0
                    && !(_signInOf.TryGetValue(number, out SignInServer? known) && known.HasMfa(call.Headers["Authorization"]?.Split(' ')[^1])))
                {
                    return Fault.Instead(401, MfaRefusal);
                }

                lock (rules)
                {
                    return rules.Select(rule => rule.Apply(call, server!.Endpoint)).FirstOrDefault(fault => fault is not null);
                }
            },
        });
        _rules[number] = rules;
        _servers[number] = server;
        return new() { ["server"] = number, ["endpoint"] = server.Endpoint.AbsoluteUri, ["token"] = server.Token };
    }

    private JsonObject StartSignIn(SignInRequest request)
    {
        int number = ++_number;
        using X509Certificate2? certificate = request.NeedsCertificate ? Certificates.ForApplication() : null;
        SignInServer server = SignInServer.Start(request.Options with
        {
            Audience = Server(request.For).Endpoint.GetLeftPart(UriPartial.Authority),
            ClientCertificate = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.RawData),
            Refuse = request.Refusal is null ? null : _ => request.Refusal,
        });
        _signIns[number] = _signInOf[request.For] = server;
        return new()
        {
            ["server"] = number,
            ["authority"] = server.Authority.AbsoluteUri,
            ["pem"] = server.Pem,
            ["certificate"] = certificate is null ? null : Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12)),
        };
    }

    private JsonNode? AddRule(int number, FaultRule rule)
    {
        lock (_rules[number])
        {
            _rules[number].Add(rule);
        }

        return null;
    }

    private JsonNode? Calm(int number)
    {
        lock (_rules[number])
        {
            _rules[number].Clear();
        }

        return null;
    }

    private void Stop(int number)
    {
        if (_servers.Remove(number, out TestServer? server))
        {
            server.Dispose();
        }

        if (_signIns.Remove(number, out SignInServer? signIn))
        {
            signIn.Dispose();
        }
    }

    private static bool Matches(EmulatedCall call, JsonObject command) => (string?)command["method"] is not { } method || method == call.Method;

    private static JsonNode Describe(EmulatedCall call) => new JsonObject
    {
        ["number"] = call.Number,
        ["method"] = call.Method,
        ["path"] = call.Uri.AbsolutePath,
        ["query"] = call.Uri.Query,
        ["body"] = call.BodyText,
        ["requestId"] = call.RequestId,
        ["headers"] = new JsonObject(call.Headers.AllKeys.Select(key => KeyValuePair.Create(key!, (JsonNode?)call.Headers[key]))),
    };
}
