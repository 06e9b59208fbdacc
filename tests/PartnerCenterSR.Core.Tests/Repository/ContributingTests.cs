using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>What is said to those who carry on is true of the files.</summary>
public sealed class ContributingTests
{
    public static TheoryData<string> Named() => new(
        Regex.Matches(File.ReadAllText(Path.Combine(Built.Root, "CONTRIBUTING.md")), @"`([\w.-]+(?:/[\w.-]+)+|\w+\.psd1)`")
            .Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Named))]
    public void Each_place_that_is_named_is_there(string place)
    {
        // What the build makes need not be there in a clone, but is by now.
        string path = Path.Combine(Built.Root, place);
        Assert.True(File.Exists(path) || Directory.Exists(path), place);
    }

    public static TheoryData<string> ErrorIdentifiers() => new(
        typeof(ErrorIds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!));

    [Theory]
    [MemberData(nameof(ErrorIdentifiers))]
    public void Each_error_id_is_in_the_help(string id) =>
        Assert.Contains(id, File.ReadAllText(Path.Combine(Built.Root, "docs", "about", "about_PartnerCenterSR.md")), StringComparison.Ordinal);

    [Fact]
    public void The_tools_pin_the_same_powershell()
    {
        string pinned = Regex.Match(File.ReadAllText(Path.Combine(Built.Root, "build", "Shell.props")), "<PowerShellVersion>(.*?)</PowerShellVersion>").Groups[1].Value;
        Assert.Contains($"\"version\": \"{pinned}\"", File.ReadAllText(Path.Combine(Built.Root, ".config", "dotnet-tools.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_code_is_longer_than_250_lines_and_most_are_short()
    {
        Dictionary<string, int> lines = Directory.EnumerateFiles(Path.Combine(Built.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Built.Root, "tests"), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToDictionary(file => file, file => File.ReadLines(file).Count());
        Assert.Equal([], lines.Where(file => file.Value > 250).Select(file => $"{file.Key}: {file.Value}"));
        Assert.InRange(lines.Values.Count(length => length <= 150), lines.Count * 9 / 10, lines.Count);
    }
}
