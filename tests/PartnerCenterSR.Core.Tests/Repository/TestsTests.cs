using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Repository;

/// <summary>What the tests here are worth: each can fail, and none waits for the clock.</summary>
public sealed class TestsTests
{
    private static readonly string[] Judges = ["Xunit.Assert", "CsCheck.Check"];

    // What gives something time to go wrong is no waiting: it ends as soon as it has gone right.
    private static readonly string[] Sleeps = ["System.Threading.Thread::Sleep", "System.Threading.Tasks.Task::Delay"];

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(TestsTests).Assembly.Location);

    [Fact]
    public void Each_has_something_that_it_holds() => Assert.Equal([], Tests().Where(test => !Reaches(test, call => Judges.Contains(call.DeclaringType.FullName), [])).Select(test => test.FullName));

    [Fact]
    public void None_sleeps() => Assert.Equal(
        [], All().Where(method => Calls(method).Any(call => Sleeps.Contains($"{call.DeclaringType.FullName}::{call.Name}"))).Select(method => method.FullName));

    private static IEnumerable<MethodDefinition> All() => Module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<MethodDefinition> Tests() => All().Where(method => method.CustomAttributes.Any(attribute => attribute.AttributeType.FullName is "Xunit.FactAttribute" or "Xunit.TheoryAttribute"));

    /// <summary>What a method calls, what its lambdas and the machine of an async method call included.</summary>
    private static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.Body.Instructions.Where(step => step.Operand is MethodReference).Select(step => (MethodReference)step.Operand);

    private static bool Reaches(MethodDefinition from, Func<MethodReference, bool> isWanted, HashSet<string> seen)
    {
        if (!from.HasBody || !seen.Add(from.FullName))
        {
            return false;
        }

        IEnumerable<MethodDefinition> machine = from.CustomAttributes
            .Where(attribute => attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute")
            .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);
        return Calls(from).Any(isWanted)
            || machine.Concat(Calls(from).Where(call => call.DeclaringType.Scope == Module || call.DeclaringType.Scope.Name == Module.Name).Select(call => call.Resolve()).OfType<MethodDefinition>())
                .Any(next => Reaches(next, isWanted, seen));
    }
}
