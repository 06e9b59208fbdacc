using System;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>States and severities as each generation writes them.</summary>
internal static class Words
{
    public static readonly string[] Statuses = ["none", "open", "closed", "attention_needed"];
    public static readonly string[] Severities = ["unknown", "critical", "moderate", "minimal"];

    /// <summary>The place of a word, by name or number. -1: none of them.</summary>
    public static int Find(string[] words, string? text)
    {
        string messages = (text ?? string.Empty).Replace("_", string.Empty).Replace(" ", string.Empty);
        if (int.TryParse(messages, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number < words.Length ? number : -1;
        }

        return Array.FindIndex(words, word => string.Equals(word.Replace("_", string.Empty), messages, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value as one generation writes it; a word that neither knows stays as it is.</summary>
    public static JsonNode? Write(string[] words, string? text, Generation generation)
    {
        int place = Find(words, text);
        return place < 0 ? text : generation == Generation.Current ? place : words[place];
    }
}
