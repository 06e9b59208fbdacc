using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

/// <summary>What an update changes has one owner: a property that is added to it and forgotten somewhere turns one of these red.</summary>
public sealed class ServiceRequestChangesTests
{
    private static readonly string[] NotCompared = [nameof(ServiceRequestChanges.Note)];

    public static TheoryData<string> Properties() => new(Settable.Select(property => property.Name));

    private static IEnumerable<PropertyInfo> Settable => typeof(ServiceRequestChanges).GetProperties().Where(property => property.CanWrite);

    private static ServiceRequestChanges With(string name)
    {
        ServiceRequestChanges changes = new();
        PropertyInfo property = typeof(ServiceRequestChanges).GetProperty(name)!;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(changes, type == typeof(string) ? "some text" : Enum.GetValues(type).Cast<object>().Last(value => (int)value > 0));
        return changes;
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Each_property_is_in_the_key_the_body_the_description_and_the_journal(string name)
    {
        ServiceRequestChanges changes = With(name);
        Assert.False(changes.IsEmpty);
        Assert.NotEqual(new ServiceRequestChanges().Key, changes.Key);
        Assert.Contains(name, Encoding.UTF8.GetString(changes.ToBody()), StringComparison.Ordinal);
        Assert.NotEmpty(changes.Describe());
        JournalLine line = new() { Type = JournalLine.Intent, Changes = changes };
        Assert.Equal(changes, JournalLine.Parse(line.ToBytes())!.Changes);
        JournalEntry entry = new JournalRecord(default, line, null, 1).ToEntry();
        Assert.Equal(typeof(ServiceRequestChanges).GetProperty(name)!.GetValue(changes), typeof(JournalEntry).GetProperty(name)!.GetValue(entry));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Each_property_is_compared_with_the_request_but_the_note(string name)
    {
        ServiceRequestChanges changes = With(name);
        ServiceRequest other = Read(new { id = "1" });
        ServiceRequest same = Read(new Dictionary<string, object> { ["id"] = "1", [name] = changes.Texts[name] });
        Assert.True(changes.AreFieldsIn(same));
        Assert.Equal(NotCompared.Contains(name), changes.AreFieldsIn(other));
    }

    [Fact]
    public void Two_properties_with_the_same_text_have_different_keys() =>
        Assert.NotEqual(new ServiceRequestChanges { Title = "x" }.Key, new ServiceRequestChanges { Description = "x" }.Key);

    [Fact]
    public void Nothing_is_empty_and_has_an_empty_body()
    {
        Assert.True(new ServiceRequestChanges().IsEmpty);
        Assert.Equal("{}", Encoding.UTF8.GetString(new ServiceRequestChanges().ToBody()));
        Assert.True(new ServiceRequestChanges().AreFieldsIn(Read(new { id = "1" })));
    }

    private static ServiceRequest Read(object json)
    {
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(json));
        return ServiceRequestReader.Read(document.RootElement, null);
    }

    [Theory]
    [InlineData(40, "")]
    [InlineData(41, "…")]
    public void Of_a_long_note_the_beginning_is_told(int length, string end) =>
        Assert.Equal(Messages.ChangeNote.With(length, new string('a', 40) + end), new ServiceRequestChanges { Note = new string('a', length) }.Describe());
}
