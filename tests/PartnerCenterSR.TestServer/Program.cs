using System;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Testing;

/// <summary>Servers for tests that are no C#: a line of JSON in, a line of JSON out. Ends when its input ends, so never outlives who started it.</summary>
internal static class Program
{
    private static void Main()
    {
        using TestServers servers = new();
        while (Console.In.ReadLine() is { } line)
        {
            JsonNode answer;
            try
            {
                answer = new JsonObject { ["value"] = servers.Do(JsonNode.Parse(line)!.AsObject()) };
            }
            catch (Exception error) when (error is TimeoutException or InvalidOperationException or JsonException or ArgumentException or FormatException)
            {
                answer = new JsonObject { ["error"] = error.Message };
            }

            Console.Out.WriteLine(answer.ToJsonString());
        }
    }
}
