using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>What is in the package is known: by a bill of materials and by its licences; and none of it is known to be unsafe.</summary>
public sealed class SupplyChainTests(ITestOutputHelper output)
{
    private static readonly string[] OnlyCompiledAgainst = ["PolySharp", "Microsoft.CSharp", "Microsoft.NETFramework.ReferenceAssemblies", "Microsoft.NETFramework.ReferenceAssemblies.net472"];

    [Fact]
    public void The_bill_of_materials_and_the_notices_name_what_ships()
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built.Root, "build", "sbom.cdx.json")));
        HashSet<string> billed = [.. bill.RootElement.GetProperty("components").EnumerateArray().Select(part => $"{part.GetProperty("name")} {part.GetProperty("version")}")];
        string notices = File.ReadAllText(Path.Combine(Built.Root, "THIRD-PARTY-NOTICES.txt"));
        string[] shipped = [.. Shipped()];
        Assert.Contains(shipped, package => package.StartsWith("Microsoft.Identity.Client ", StringComparison.Ordinal));
        Assert.All(shipped, package => Assert.Contains(package, billed));
        Assert.All(shipped, package => Assert.Contains($"\n{package}\n", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_library_in_the_module_is_one_of_these()
    {
        string[] names = [.. Shipped().Select(package => package.Split(' ')[0])];
        IEnumerable<string> libraries = Directory.EnumerateFiles(Path.Combine(Built.Root, "out", "PartnerCenterSR", "lib"), "*.dll", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !name.StartsWith("PartnerCenterSR", StringComparison.Ordinal)).Distinct();
        Assert.All(libraries, library => Assert.Contains(library, names));
    }

    [Fact]
    public void Both_are_in_the_package() =>
        Assert.All(["sbom.cdx.json", "THIRD-PARTY-NOTICES.txt", "LICENSE"], file => Assert.True(File.Exists(Path.Combine(Built.Root, "out", "PartnerCenterSR", file)), file));

    [Fact]
    public async Task No_package_is_known_to_be_vulnerable_where_the_registry_answers()
    {
        ProcessStartInfo start = new("dotnet", ["list", Path.Combine(Built.Root, "src", "PartnerCenterSR", "PartnerCenterSR.csproj"), "package", "--vulnerable", "--include-transitive", "--no-restore"]);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        (_, string said) = await ChildProcess.RunAsync(start);
        output.WriteLine(said);
        Assert.DoesNotContain("has the following vulnerable packages", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_line_of_the_security_policy_names_tests_that_there_are()
    {
        string policy = File.ReadAllText(Path.Combine(Built.Root, "SECURITY.md"));
        string tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Built.Root, "tests"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith("Tests.ps1", StringComparison.Ordinal) || (file.EndsWith(".cs", StringComparison.Ordinal) && file.Contains("Tests.", StringComparison.Ordinal))).Select(File.ReadAllText));
        string[] rows = [.. policy.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)];
        Assert.InRange(rows.Length, 12, 60);
        Assert.All(rows, row =>
        {
            string[] named = [.. Regex.Matches(row.Split('|')[^2], "`([^`]+)`").Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests, StringComparison.Ordinal));
        });
    }

    private static IEnumerable<string> Shipped()
    {
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built.Root, "src", "PartnerCenterSR.Core", "packages.lock.json")));
        return
        [
            .. new[] { "net8.0", ".NETFramework,Version=v4.7.2" }
                .SelectMany(framework => locked.RootElement.GetProperty("dependencies").GetProperty(framework).EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project" && !OnlyCompiledAgainst.Contains(package.Name))
                .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}").Distinct(),
        ];
    }
}
