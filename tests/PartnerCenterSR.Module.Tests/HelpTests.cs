using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Xml.Linq;
using PartnerCenterSR.Module.Tests.Engine;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>The help that ships, held against the cmdlets that ship.</summary>
public sealed class HelpTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly string Folder = Path.Combine(Built.ModulePath, "en-US");

    private static readonly string[] Common =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable",
        "OutBuffer", "PipelineVariable", "ProgressAction", "Row",
    ];

    private static Dictionary<string, XElement> Help => XDocument.Load(Path.Combine(Folder, "PartnerCenterSR.dll-Help.xml")).Root!
        .Elements(Command + "command").ToDictionary(element => element.Element(Command + "details")!.Element(Command + "name")!.Value.Trim());

    public static TheoryData<string> Cmdlets() => new(
        "Connect-PartnerCenter", "Disconnect-PartnerCenter", "Get-PartnerContext", "Get-PartnerServiceRequest", "Get-PartnerServiceRequestJournal",
        "Update-PartnerServiceRequest");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_documented_and_none_that_is_gone(string name)
    {
        using Shell shell = new();
        IEnumerable<string> real = shell.Run("(Get-Command $args[0]).Parameters.Keys", name).Succeeded().Output.Select(key => key.ToString()).Except(Common);
        XElement help = Help[name];
        Assert.Equal(real.Order(), help.Element(Command + "parameters")!.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value).Order());
        Assert.All(help.Element(Command + "parameters")!.Elements(), parameter => Assert.NotEmpty(parameter.Element(Maml + "description")!.Value.Trim()));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Each_has_a_synopsis_a_description_and_three_examples_that_parse_and_use_real_parameters(string name)
    {
        using Shell shell = new();
        XElement help = Help[name];
        Assert.NotEmpty(help.Element(Command + "details")!.Element(Maml + "description")!.Value.Trim());
        Assert.NotEmpty(help.Element(Maml + "description")!.Value.Trim());
        string[] examples = [.. help.Element(Command + "examples")!.Elements(Command + "example").Select(example => example.Element(Dev + "code")!.Value)];
        Assert.True(examples.Length >= 3, $"{examples.Length} examples");
        foreach (string example in examples)
        {
            ScriptBlockAst script = Parser.ParseInput(example, out _, out ParseError[] errors);
            Assert.Empty(errors.Select(error => error.Message));
            foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, true).Cast<CommandAst>().Where(command => command.GetCommandName()?.Contains("-Partner", StringComparison.Ordinal) == true))
            {
                CommandInfo info = (CommandInfo)Assert.Single(shell.Run("Get-Command $args[0]", command.GetCommandName()).Succeeded().Output).BaseObject;
                foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
                {
                    Assert.NotNull(info.ResolveParameter(parameter.ParameterName));
                }
            }
        }
    }

    [Theory]
    [InlineData("about_PartnerCenterSR")]
    [InlineData("about_PartnerCenterSR_Bulk")]
    [InlineData("about_PartnerCenterSR_Authentication")]
    [InlineData("about_PartnerCenterSR_Emulator")]
    [InlineData("about_PartnerCenterSR_Migration")]
    public void About_topics_ship(string topic)
    {
        string text = File.ReadAllText(Path.Combine(Folder, topic + ".help.txt"));
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.OrdinalIgnoreCase);
        Assert.True(text.Length > 1000);
    }

    [Fact]
    public void The_engine_finds_the_help()
    {
        using Shell shell = new();
        Assert.Equal(Help["Update-PartnerServiceRequest"].Element(Command + "details")!.Element(Maml + "description")!.Value.Trim(), shell.Run("(Get-Help Update-PartnerServiceRequest).Synopsis").Succeeded().Output.Single().ToString()!.Trim());
    }
}
