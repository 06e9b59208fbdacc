using System.Linq;
using CsCheck;

namespace PartnerCenterSR.Core.Tests.Properties;

/// <summary>Texts as people write them, in many scripts, and as bad luck makes them.</summary>
internal static class Texts
{
    private static readonly string[] Parts =
    [
        "Any", "news", "é", "e\u0301", "ß", "Проблема", "問題", "😀", "👩‍💻", "x<y", "\"quoted\"", "it's", "a,b", "a;b", "1.5", "-", "=1+1", "C:\\path", "100 %", "#12", "\u00BF", "ﬁ", "Ω",
    ];

    /// <summary>Words, blanks and line ends between them; no ampersand, which may be an entity's.</summary>
    public static Gen<string> Words { get; } = Gen.Select(Pick(Parts), Pick(" ", "\n", " \n ")).Array[1, 12].Select(words => string.Concat(words.Select(word => word.Item1 + word.Item2)).Trim());

    public static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    /// <summary>Any text that is whole: no half of a pair.</summary>
    public static Gen<string> Whole { get; } = Gen.String[Gen.Char, 0, 40].Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))]) + "😀");
}
