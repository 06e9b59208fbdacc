using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>Headers of columns as people write them: the case, blanks, hyphens and underscores do not count.</summary>
internal static class Headers
{
    public static bool AreSame(string? one, string? other)
    {
        if (one is null || other is null)
        {
            return false;
        }

        // Every cell of every row is looked for in this way: without a new string.
        int i = 0;
        for (int j = 0; ; i++, j++)
        {
            (i, j) = (Next(one, i), Next(other, j));
            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (one[i] != other[j] && char.ToUpperInvariant(one[i]) != char.ToUpperInvariant(other[j]))
            {
                return false;
            }
        }
    }

    public static string Letters(string header) => new([.. header.Where(Counts)]);

    private static int Next(string header, int at)
    {
        while (at < header.Length && !Counts(header[at]))
        {
            at++;
        }

        return at;
    }

    private static bool Counts(char c) => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '\uFEFF' or '\u200B' or '\u00A0');
}
