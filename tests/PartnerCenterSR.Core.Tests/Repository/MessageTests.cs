using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>All text for users is in the resources, in every language.</summary>
public sealed class MessageTests
{
    private static readonly string Resources = Path.Combine(Built.Root, "src", "PartnerCenterSR.Models", "Resources");

    // Words with blanks between them, in a string literal.
    private static readonly Regex Sentence = new("\"(?<text>[^\"]*[A-Za-z]{2,}[,.]? [a-z]{2,} [A-Za-z]{2,}[^\"]*)\"", RegexOptions.CultureInvariant);

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Resources, file)).Root!
        .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [Fact]
    public void Each_message_is_in_both_languages_with_the_same_blanks()
    {
        Dictionary<string, string> english = Read("Messages.resx");
        Dictionary<string, string> french = Read("Messages.fr.resx");
        Assert.Equal(english.Keys.Order(), french.Keys.Order());
        Assert.All(english, message => Assert.Equal(Blanks(message.Value), Blanks(french[message.Key])));

        static string[] Blanks(string text) => [.. Regex.Matches(text, @"\{\d").Select(match => match.Value).Distinct().Order()];
    }

    [Fact]
    public void No_sentence_stands_in_the_code()
    {
        IEnumerable<string> found =
            from project in new[] { "PartnerCenterSR", "PartnerCenterSR.Core", "PartnerCenterSR.Models" }
            from file in Directory.EnumerateFiles(Path.Combine(Built.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Sentence.IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Equal([], found);
    }
}
