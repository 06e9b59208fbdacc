using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Xunit;
using Xunit.Abstractions;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>The arrows between the rooms of Core, read from the compiled types: none closes a circle, and the picture shows them all.</summary>
public sealed class ArchitectureTests(ITestOutputHelper output)
{
    private const string Root = "PartnerCenterSR.Core";
    private static readonly string Picture = Path.Combine(Built.Root, "docs", "architecture.md");

    private static readonly string[] Rooms = [.. typeof(ServiceRequestChanges).Assembly.GetTypes()
        .Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root + ".", StringComparison.Ordinal))
        .Select(name => name.Split('.')[2]).Distinct().Order(StringComparer.Ordinal)];

    private static SortedSet<(string From, string To)> Arrows()
    {
        SortedSet<(string From, string To)> arrows = [];
        foreach (string from in Rooms)
        {
            foreach (string to in Rooms.Where(to => to != from))
            {
                if (Uses(Types.InAssembly(typeof(ServiceRequestChanges).Assembly).That().ResideInNamespace($"{Root}.{from}"), $"{Root}.{to}"))
                {
                    arrows.Add((from, to));
                }
            }
        }

        return arrows;
    }

    private static bool Uses(PredicateList types, string other) => types.And().HaveDependencyOn(other).GetTypes().Any();

    [Fact]
    public void No_arrow_closes_a_circle()
    {
        SortedSet<(string From, string To)> arrows = Arrows();
        foreach ((string from, string to) in arrows)
        {
            output.WriteLine($"{from} --> {to}");
        }

        Assert.Contains(("Service", "Http"), arrows);
        List<string> left = [.. Rooms];
        while (left.Find(room => !arrows.Any(arrow => arrow.From == room && left.Contains(arrow.To))) is { } free)
        {
            left.Remove(free);
        }

        Assert.Equal([], left);
    }

    [Fact]
    public void What_all_stand_on_stands_on_none_of_them()
    {
        PredicateList root = Types.InAssembly(typeof(ServiceRequestChanges).Assembly).That().ResideInNamespaceMatching($"^{Regex.Escape(Root)}$");
        Assert.NotEmpty(root.GetTypes());
        Assert.DoesNotContain(Rooms, room => Uses(root, $"{Root}.{room}"));
    }

    [Fact]
    public void The_picture_shows_the_arrows_that_there_are()
    {
        string drawing = Regex.Match(File.ReadAllText(Picture), "<!-- arrows of Core -->(.*?)<!-- end -->", RegexOptions.Singleline).Groups[1].Value;
        IEnumerable<(string From, string To)> drawn = Regex.Matches(drawing, @"^\s*(\w+) --> (\w+)\s*$", RegexOptions.Multiline)
            .Select(arrow => (arrow.Groups[1].Value, arrow.Groups[2].Value));
        Assert.Equal(Arrows(), drawn.Order());
    }

    /// <summary>What knows time, chance and threads by itself cannot be simulated.</summary>
    [Fact]
    public void Time_chance_and_threads_come_from_the_clock()
    {
        string core = Path.Combine(Built.Root, "src", "PartnerCenterSR.Core");
        Regex own = new(@"DateTime(Offset)?\.(Utc)?(Now|Today)|Task\.(Delay|Run)|Thread\.Sleep|ThreadPool|new Random|Random\.Shared|TickCount|Stopwatch|CancelAfter|new Timer|new TaskCompletionSource");
        IEnumerable<string> found =
            from file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetFileName(file) != "Clock.cs"
            from line in File.ReadLines(file)
            where own.IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(found);
    }
}
