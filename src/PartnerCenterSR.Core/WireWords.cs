using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>The words of the wire for states and severities, however they are spelled.</summary>
internal static class WireWords
{
    /// <summary>The state that a word or number means, and what to show for it.</summary>
    public static (ServiceRequestStatus Value, string Text) Status(string? word) =>
        Read(word, ServiceRequestStatus.None, ServiceRequestStatus.Unknown);

    /// <summary>The severity that a word or number means, and what to show for it.</summary>
    public static (ServiceRequestSeverity Value, string Text) Severity(string? word) =>
        Read(word, ServiceRequestSeverity.Unknown, ServiceRequestSeverity.Unknown);

    /// <summary>Whether two words or numbers mean one state. What is in no language of ours is another one in each spelling; "Unknown" is what we call them all.</summary>
    public static bool AreSameStatus(string one, string other)
    {
        (ServiceRequestStatus value, string text) = Status(one.Trim());
        (ServiceRequestStatus otherValue, string otherText) = Status(other.Trim());
        return value == otherValue && (value != ServiceRequestStatus.Unknown || text == nameof(ServiceRequestStatus.Unknown) || otherText == nameof(ServiceRequestStatus.Unknown)
            || string.Equals(Letters(text), Letters(otherText), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The word of the wire: lower case, parted by underscores.</summary>
    public static string ToWire(ServiceRequestStatus status) => status switch
    {
        ServiceRequestStatus.AttentionNeeded => "attention_needed",
        _ => status.ToString().ToLowerInvariant(),
    };

    public static string ToWire(ServiceRequestSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>A value by its name. Null: there is no such name.</summary>
    public static T? Parse<T>(string name)
        where T : struct, Enum => TryParseName(name, out T value) ? value : null;

    /// <summary>A state by any of its spellings ("attention_needed", "Attention needed"); not by number.</summary>
    public static bool TryParseStatus(string text, out ServiceRequestStatus status) => TryParseName(text, out status);

    private static (T Value, string Text) Read<T>(string? word, T missing, T unknown)
        where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(word))
        {
            return (missing, missing.ToString());
        }

        bool isKnown = int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? Enum.IsDefined(typeof(T), number)
            : TryParseName<T>(word!, out _);
        T value = !isKnown ? unknown : TryParseName(word!, out T named) ? named : (T)Enum.ToObject(typeof(T), number);
        return (value, isKnown ? value.ToString() : word!);
    }

    private static bool TryParseName<T>(string word, out T value)
        where T : struct, Enum => Names<T>.Values.TryGetValue(Letters(word), out value);

    private static string Letters(string word) => word.Any(c => !char.IsLetterOrDigit(c))
        ? new string(word.Where(c => c is not ('_' or '-' or ' ' or '\t' or '\u00A0')).ToArray())
        : word;

    private static class Names<T>
        where T : struct, Enum
    {
        public static Dictionary<string, T> Values { get; } = ((T[])Enum.GetValues(typeof(T))).ToDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
