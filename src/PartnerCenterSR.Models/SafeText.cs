using System.Globalization;
using System.Text;

namespace PartnerCenterSR;

/// <summary>
/// The one place that makes text from outside safe to show: what would steer a terminal, turn the direction of writing or hide
/// itself is written out, "\u001b". The objects keep their text as it is.
/// </summary>
internal static class SafeText
{
    private const int Longest = 1024;

    /// <summary>For one line, cut where it is too long. Null: nothing.</summary>
    public static string Line(string? text) => Show(text, keepsLines: false, Longest);

    /// <summary>For a place within a line, whole.</summary>
    public static string Inline(string? text) => Show(text, keepsLines: false, int.MaxValue);

    /// <summary>For a blank in a message: longer than any that one reads to its end, it is cut.</summary>
    public static string Argument(string? text) => Show(text, keepsLines: false, 8 * Longest);

    /// <summary>For a view that has lines: their ends and tabs stay.</summary>
    public static string Lines(string? text) => Show(text, keepsLines: true, int.MaxValue);

    private static string Show(string? text, bool keepsLines, int longest)
    {
        if (text is null)
        {
            return string.Empty;
        }

        StringBuilder? shown = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsSurrogatePair(text, i);
            if (IsSafe(text, i, isPair, keepsLines))
            {
                shown?.Append(text, i, isPair ? 2 : 1);
                i += isPair ? 1 : 0;
                continue;
            }

            shown ??= new(text, 0, i, text.Length + 16);
            shown.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            if (isPair)
            {
                shown.Append("\\u").Append(((int)text[++i]).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        string safe = shown?.ToString() ?? text;
        return safe.Length <= longest ? safe : safe.Substring(0, char.IsHighSurrogate(safe[longest - 1]) ? longest - 1 : longest) + "…";
    }

    private static bool IsSafe(string text, int at, bool isPair, bool keepsLines) => CharUnicodeInfo.GetUnicodeCategory(text, at) switch
    {
        UnicodeCategory.Control => keepsLines && (text[at] is '\t' or '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')),
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Surrogate => isPair,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => !isPair,
        _ => true,
    };
}
