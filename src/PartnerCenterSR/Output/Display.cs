using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

/// <summary>What the views show of an object, also of one that went through a file or a job: safe for any terminal.</summary>
public static class Display
{
    /// <summary>The id.</summary>
    /// <param name="shown">The object. So for the others.</param>
    public static string Id(PSObject shown) => Text(shown, "Id");

    /// <summary>The title.</summary>
    public static string Title(PSObject shown) => Text(shown, "Title");

    /// <summary>The state, by the service's own word where that is unknown.</summary>
    public static string Status(PSObject shown) => Text(shown, "StatusText");

    /// <summary>The severity, likewise.</summary>
    public static string Severity(PSObject shown) => Text(shown, "SeverityText");

    /// <summary>The organization's name, or else its id.</summary>
    public static string Organization(PSObject shown) => Inner(shown, "Organization") is { } organization ? Text(organization, "Name", "Id") : string.Empty;

    /// <summary>The organization's name and id.</summary>
    public static string OrganizationAndId(PSObject shown) => Inner(shown, "Organization") is not { } organization ? string.Empty
        : Text(organization, "Name") is { Length: > 0 } name ? $"{name} ({Text(organization, "Id")})" : Text(organization, "Id");

    /// <summary>How long ago it was changed.</summary>
    public static string Modified(PSObject shown) => Ago(Value(shown, "LastModifiedDate") as DateTime?);

    /// <summary>The id and the title.</summary>
    public static string Brief(PSObject shown) => $"{Text(shown, "Id")} {Text(shown, "Title")}".TrimEnd();

    /// <summary>The description, with its lines.</summary>
    public static string Description(PSObject shown) => SafeText.Lines(Value(shown, "Description") as string);

    /// <summary>The topic's name, or else its number.</summary>
    public static string Topic(PSObject shown) => Text(shown, "SupportTopicName", "SupportTopicId");

    /// <summary>The product's name, or else its number.</summary>
    public static string Product(PSObject shown) => Text(shown, "ProductName", "ProductId");

    /// <summary>The contact.</summary>
    public static string Contact(PSObject shown) => Text(shown, "PrimaryContact");

    /// <summary>Who changed it last.</summary>
    public static string LastUpdatedBy(PSObject shown) => Text(shown, "LastUpdatedBy");

    /// <summary>The country.</summary>
    public static string Country(PSObject shown) => Text(shown, "CountryCode");

    /// <summary>The notes, each on lines of its own; or that they were not read.</summary>
    public static string Notes(PSObject shown) => Value(shown, "Notes") is IEnumerable notes
        ? string.Join(Environment.NewLine, notes.Cast<object>().Select(note => SafeText.Lines(note?.ToString())))
        : Messages.NotRead;

    /// <summary>The newest of the notes. Null: there is none, or they were not read.</summary>
    public static object? LastNote(PSObject shown) => (Value(shown, "Notes") as IEnumerable)?.Cast<object>()
        .OrderBy(note => PSObject.AsPSObject(note).Properties["CreatedDate"]?.Value as DateTime? ?? DateTime.MinValue).LastOrDefault();

    /// <summary>How long ago it was opened. Null: that is not known.</summary>
    public static TimeSpan? Age(PSObject shown) => DateTime.Now - (Value(shown, "CreatedDate") as DateTime?);

    /// <summary>How long ago it was changed last. Null: that is not known.</summary>
    public static TimeSpan? SinceLastUpdate(PSObject shown) => DateTime.Now - (Value(shown, "LastModifiedDate") as DateTime? ?? Value(shown, "CreatedDate") as DateTime?);

    /// <summary>Who is signed in.</summary>
    public static string Account(PSObject shown) => Text(shown, "Account");

    /// <summary>The tenant.</summary>
    public static string Tenant(PSObject shown) => Text(shown, "Tenant");

    /// <summary>The end of a token: the time today, the date otherwise.</summary>
    public static string Expires(PSObject shown) => Value(shown, "ExpiresOn") is not DateTime then ? string.Empty
        : then.ToString(then.Date == DateTime.Now.Date ? "T" : "g", CultureInfo.CurrentCulture);

    /// <summary>What an entry of a journal asked for.</summary>
    public static string Change(PSObject shown) => string.Join(", ", new[] { Text(shown, "Status"), Text(shown, "Note") }.Where(text => text.Length > 0));

    /// <summary>The id of an entry's error.</summary>
    public static string ErrorId(PSObject shown) => Text(shown, "ErrorId");

    /// <summary>Who wrote a note.</summary>
    public static string NoteAuthor(PSObject shown) => Text(shown, "CreatedByName");

    /// <summary>What a note says, with its lines.</summary>
    public static string NoteText(PSObject shown) => SafeText.Lines(Value(shown, "Text") as string);

    /// <summary>What was noted for an appointment, with its lines.</summary>
    public static string AppointmentNotes(PSObject shown) => SafeText.Lines(Value(shown, "Notes") as string);

    /// <summary>The property of this name, and so for the others.</summary>
    public static string Comment(PSObject shown) => Text(shown, nameof(Comment));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string ContactId(PSObject shown) => Text(shown, nameof(ContactId));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string CorrelationId(PSObject shown) => Text(shown, nameof(CorrelationId));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string CustomerEmailAddress(PSObject shown) => Text(shown, nameof(CustomerEmailAddress));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string CustomerId(PSObject shown) => Text(shown, nameof(CustomerId));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string CustomerName(PSObject shown) => Text(shown, nameof(CustomerName));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string CustomerPhone(PSObject shown) => Text(shown, nameof(CustomerPhone));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string Email(PSObject shown) => Text(shown, nameof(Email));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string EndTimeZone(PSObject shown) => Text(shown, nameof(EndTimeZone));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string ErrorMessage(PSObject shown) => Text(shown, nameof(ErrorMessage));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string FirstName(PSObject shown) => Text(shown, nameof(FirstName));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string LastName(PSObject shown) => Text(shown, nameof(LastName));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string Location(PSObject shown) => Text(shown, nameof(Location));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string Name(PSObject shown) => Text(shown, nameof(Name));

    /// <summary>The note that an entry asked for, with its lines.</summary>
    public static string NoteOfEntry(PSObject shown) => SafeText.Lines(Value(shown, "Note") as string);

    /// <summary>The property of this name, and so for the others.</summary>
    public static string PhoneNumber(PSObject shown) => Text(shown, nameof(PhoneNumber));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string RequestId(PSObject shown) => Text(shown, nameof(RequestId));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string ServiceRequestId(PSObject shown) => Text(shown, nameof(ServiceRequestId));

    /// <summary>The property of this name, and so for the others.</summary>
    public static string StartTimeZone(PSObject shown) => Text(shown, nameof(StartTimeZone));

    /// <summary>A date as people say it ("2 hours ago"); the date itself where it is more than a week away. Null: never.</summary>
    internal static string Ago(DateTime? date)
    {
        if (date is not { } then)
        {
            return string.Empty;
        }

        DateTime now = DateTime.Now;
        TimeSpan past = now - then;
        return past < TimeSpan.Zero || past.TotalDays >= 7 ? then.ToString("d", CultureInfo.CurrentCulture)
            : past.TotalMinutes < 1 ? Messages.JustNow
            : past.TotalMinutes < 2 ? Messages.MinuteAgo
            : past.TotalHours < 1 ? Messages.MinutesAgo.With((int)past.TotalMinutes)
            : past.TotalHours < 2 ? Messages.HourAgo
            : then.Date == now.Date || past.TotalHours < 12 ? Messages.HoursAgo.With((int)past.TotalHours)
            : then.Date == now.Date.AddDays(-1) ? Messages.Yesterday
            : Messages.DaysAgo.With((now.Date - then.Date).Days);
    }

    /// <summary>The first of these that is there.</summary>
    private static string Text(PSObject shown, params string[] names) =>
        names.Select(name => SafeText.Inline(Value(shown, name)?.ToString())).FirstOrDefault(text => text.Length > 0) ?? string.Empty;

    private static PSObject? Inner(PSObject shown, string name) => shown.Properties[name]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    private static object? Value(PSObject shown, string name) => shown.Properties[name]?.Value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : shown.Properties[name]?.Value;
}
