using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Emulator;

/// <summary>The service's rules: who may, what is asked, and in which form it is answered.</summary>
internal sealed class EmulatedService(EmulatorOptions options, string ownToken)
{
    private const int LongestTitle = 255;

    private static readonly Regex Route = new(
        "^/+v1/+(customers/(?<customer>[^/]+)/)?servicerequests(/(?<id>[^/]+))?/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly object _lock = new();
    private readonly RequestStore _store = new(options.Data ?? SampleData.Create());
    private readonly Dictionary<string, EmulatedAnswer> _replays = new(StringComparer.OrdinalIgnoreCase);
    private readonly AnswerWriter _writer = new(options.Generation);

    /// <summary>How many updates were carried out.</summary>
    public int Updates { get; private set; }

    /// <summary>The texts of a request's notes, in order.</summary>
    public IReadOnlyList<string> NotesOf(string id)
    {
        lock (_lock)
        {
            return _store.Find(id, null) is { } request
                ? [.. request["notes"]!.AsArray().Select(note => (string?)note!["text"] ?? string.Empty)]
                : [];
        }
    }

    /// <summary>A property of a request as text. Null: no such request, or none.</summary>
    public string? ValueOf(string id, string property)
    {
        lock (_lock)
        {
            return _store.Find(id, null)?[property]?.ToString();
        }
    }

    public EmulatedAnswer Answer(EmulatedCall call)
    {
        lock (_lock)
        {
            EmulatedAnswer answer = AnswerInTurn(call);
            Dictionary<string, string> headers = answer.Headers.ToDictionary(header => header.Key, header => header.Value);
            headers["MS-RequestId"] = call.RequestId ?? Guid.NewGuid().ToString();
            headers["MS-CorrelationId"] = call.Headers["MS-CorrelationId"] ?? Guid.NewGuid().ToString();
            if (call.Headers["ValidateMfa"] == "true" && answer.Status < 400 && options.IsMfaCompliant?.Invoke(TokenOf(call)) is { } isCompliant)
            {
                headers["isMfaCompliant"] = isCompliant ? "true" : "false";
            }

            return answer with { Headers = headers };
        }
    }

    private static string? TokenOf(EmulatedCall call) => call.Headers["Authorization"] is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        ? header.Substring(7)
        : null;

    /// <summary>The answer to who has no good token. Null: she has one.</summary>
    public EmulatedAnswer? Refuse(EmulatedCall call)
    {
        string? token = TokenOf(call);
        return options.Accepts?.Invoke(token) ?? IsOwn(token) ? null : _writer.Error(401, "900401", "The token is missing, has ended, or is not for this service.");
    }

    /// <summary>Takes the same time wherever a wrong token differs.</summary>
    private bool IsOwn(string? token)
    {
        int difference = (token?.Length ?? 0) ^ ownToken.Length;
        for (int i = 0; i < ownToken.Length; i++)
        {
            difference |= ownToken[i] ^ (i < token?.Length ? token[i] : 0);
        }

        return difference == 0;
    }

    private EmulatedAnswer AnswerInTurn(EmulatedCall call)
    {
        if (Refuse(call) is { } refusal)
        {
            return refusal;
        }

        if (call.RequestId is { } requestId && !Guid.TryParse(requestId, out _))
        {
            return _writer.Error(400, "2000", "MS-RequestId must be a GUID.");
        }

        if (Route.Match(call.Uri.AbsolutePath) is not { Success: true } route)
        {
            return _writer.Error(404, "1001", "There is no such resource.");
        }

        string? id = route.Groups["id"].Success ? Uri.UnescapeDataString(route.Groups["id"].Value) : null;
        string? customer = route.Groups["customer"].Success ? Uri.UnescapeDataString(route.Groups["customer"].Value) : null;
        return (call.Method, id) switch
        {
            ("GET", null) => _writer.Page(call.Uri, ListQuery.Read(call.Uri.Query, options).Run(_store.All(customer))),
            ("GET", _) => _store.Find(id!, customer) is { } found ? _writer.Request(found) : Missing(id!),
            ("PATCH", { }) => Replayed(call) ?? Update(call, id!, customer),
            _ => _writer.Error(405, "1002", $"{call.Method} is not allowed here."),
        };
    }

    private EmulatedAnswer? Replayed(EmulatedCall call) =>
        options.HonoursRequestIds && call.RequestId is { } id && _replays.TryGetValue(id, out EmulatedAnswer? before) ? before : null;

    private EmulatedAnswer Update(EmulatedCall call, string id, string? customer)
    {
        if (_store.Find(id, customer) is not { } request)
        {
            return Missing(id);
        }

        if (call.Headers["Content-Type"]?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return _writer.Error(415, "2001", "The body must be application/json.");
        }

        JsonObject? body;
        try
        {
            body = JsonNode.Parse(Encoding.UTF8.GetString(call.Body), new JsonNodeOptions { PropertyNameCaseInsensitive = true }) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            body = null;
        }

        if (body is null)
        {
            return _writer.Error(400, "2002", "The body is not a service request.");
        }

        if (body["Title"]?.ToString().Length > LongestTitle)
        {
            return _writer.Error(400, "2003", $"The title may have at most {LongestTitle} characters.");
        }

        if (!RequestStore.Apply(request, body))
        {
            return _writer.Error(400, "2004", "The update changes nothing.");
        }

        Updates++;
        EmulatedAnswer answer = _writer.Updated(request);
        if (options.HonoursRequestIds && call.RequestId is { } requestId)
        {
            _replays[requestId] = answer;
        }

        return answer;
    }

    private EmulatedAnswer Missing(string id) => _writer.Error(404, "1000", $"There is no service request {id}.");
}
