using System;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>Headers of columns as people write them: the case, blanks, hyphens and underscores do not count.</summary>
internal static class Headers
{
    public static bool AreSame(string? one, string? other) => one is not null && other is not null
        && (string.Equals(one, other, StringComparison.OrdinalIgnoreCase) || string.Equals(Letters(one), Letters(other), StringComparison.OrdinalIgnoreCase));

    public static string Letters(string header) => new([.. header.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '\uFEFF' or '\u200B' or '\u00A0'))]);
}
