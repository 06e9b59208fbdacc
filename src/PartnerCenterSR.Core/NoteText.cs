using System;
using System.Linq;
using System.Net;
using System.Text;

namespace PartnerCenterSR.Core;

/// <summary>
/// Notes are the same when a service may have made one of the other by what services do to texts: line ends and runs of blanks are
/// one blank, entities are characters, and a character has one form. No cleverer likeness: it would join notes that differ.
/// </summary>
internal static class NoteText
{
    public static string Normalize(string text)
    {
        if (IsNormal(text))
        {
            return text;
        }

        return string.Join(" ", Composed(WithoutLoneSurrogates(WebUtility.HtmlDecode(text))).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);

    /// <summary>A short name of the normal form.</summary>
    public static long Hash(string text) => BitConverter.ToInt64(StableHash.Of(Normalize(text)).ToByteArray(), 0);

    /// <summary>Whether it is plain to see that it is its own normal form: most notes are.</summary>
    private static bool IsNormal(string text)
    {
        char before = ' ';
        foreach (char at in text)
        {
            if (at is < ' ' or > '~' or '&' || (at == ' ' && before == ' '))
            {
                return false;
            }

            before = at;
        }

        return before != ' ';
    }

    /// <summary>What is no text to the system, as U+FFFE, has no other form.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>A half of a pair is no character: on the wire it is U+FFFD.</summary>
    private static string WithoutLoneSurrogates(string text) =>
        text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
