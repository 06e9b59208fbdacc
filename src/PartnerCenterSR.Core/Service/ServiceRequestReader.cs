using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Service;

/// <summary>Makes the public objects from what the service sent, bearing all its quirks.</summary>
internal static class ServiceRequestReader
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "title", "description", "severity", "supportTopicId", "supportTopicName", "supportTopicDescription", "status",
        "organization", "primaryContact", "lastUpdatedBy", "productId", "productName", "createdDate", "lastModifiedDate",
        "lastClosedDate", "newNote", "notes", "countryCode", "fileLinks", "emailCcList", "creationChannel", "additionalInfo",
        "appointment", "attributes",
    };

    public static ServiceRequest Read(JsonElement element, string? customerId)
    {
        JsonFields json = new(element, Known.Count);
        (ServiceRequestStatus status, string statusText) = WireWords.Status(json.Text("status"));
        (ServiceRequestSeverity severity, string severityText) = WireWords.Severity(json.Text("severity"));
        return new()
        {
            Id = json.Text("id") ?? string.Empty,
            Title = json.Text("title"),
            Description = json.Text("description"),
            Status = status,
            StatusText = statusText,
            Severity = severity,
            SeverityText = severityText,
            SupportTopicId = json.Text("supportTopicId"),
            SupportTopicName = json.Text("supportTopicName"),
            SupportTopicDescription = json.Text("supportTopicDescription"),
            Organization = Organization(json),
            PrimaryContact = Contact(json.Object("primaryContact")),
            LastUpdatedBy = Contact(json.Object("lastUpdatedBy")),
            ProductId = json.Text("productId"),
            ProductName = json.Text("productName"),
            CreatedAt = WireDate.Parse(json.Text("createdDate")),
            LastModifiedAt = WireDate.Parse(json.Text("lastModifiedDate")),
            LastClosedDate = WireDate.ParseLocal(json.Text("lastClosedDate")),
            NewNote = json.Object("newNote") is { } note ? Note(note, json.Text("id")) : null,
            Notes = Notes(json),
            HasOddNotes = !json.List("notes").All(IsNote),
            CountryCode = json.Text("countryCode"),
            FileLinks = [.. json.List("fileLinks").Where(item => item.ValueKind == JsonValueKind.Object).Select(item => AttachmentReader.FileLink(new(item)))],
            EmailCcList = json.List("emailCcList").Select(item => item.AsText()).OfType<string>().ToArray(),
            CreationChannel = json.Text("creationChannel"),
            AdditionalInfo = json.List("additionalInfo").Select(item => item.AsObject()).ToArray(),
            Appointment = json.Object("appointment") is { } appointment ? AttachmentReader.Appointment(appointment) : null,
            Attributes = json.TryGet("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
                ? attributes.AsDictionary()
                : ServiceRequest.Nothing,
            AdditionalProperties = Unknown(json),
            CustomerId = customerId,
            IsStatusNumber = IsNumber(json, "status"),
            IsSeverityNumber = IsNumber(json, "severity"),
        };
    }

    private static bool? IsNumber(JsonFields json, string name) => json.TryGet(name, out JsonElement value) ? value.ValueKind == JsonValueKind.Number : null;

    /// <summary>What is no list is not an empty one: null, as where there is none.</summary>
    private static ServiceRequestNote[]? Notes(JsonFields json) => !json.TryGet("notes", out JsonElement notes) || notes.ValueKind != JsonValueKind.Array ? null
        : [.. json.List("notes").Where(IsNote).Select(item => Note(new JsonFields(item), json.Text("id")))];

    private static bool IsNote(JsonElement item) => item.ValueKind == JsonValueKind.Object;

    private static ServiceRequestNote Note(JsonFields json, string? id) => new()
    {
        ServiceRequestId = id,
        CreatedByName = json.Text("createdByName"),
        CreatedAt = WireDate.Parse(json.Text("createdDate")),
        Text = json.Text("text") ?? string.Empty,
    };

    private static ServiceRequestOrganization? Organization(JsonFields json) => json.Object("organization") is { } value
        ? new() { Id = value.Text("id"), Name = value.Text("name"), PhoneNumber = value.Text("phoneNumber") }
        : null;

    private static ServiceRequestContact? Contact(JsonFields? json) => json is null ? null : new()
    {
        Organization = Organization(json),
        ContactId = json.Text("contactId"),
        LastName = json.Text("lastName"),
        FirstName = json.Text("firstName"),
        Email = json.Text("email"),
        PhoneNumber = json.Text("phoneNumber"),
    };

    /// <summary>What the model has no place for.</summary>
    private static IReadOnlyDictionary<string, object?> Unknown(JsonFields json)
    {
        Dictionary<string, object?>? unknown = null;
        foreach (KeyValuePair<string, JsonElement> field in json.All)
        {
            if (!Known.Contains(field.Key))
            {
                (unknown ??= new(StringComparer.OrdinalIgnoreCase))[field.Key] = field.Value.AsObject();
            }
        }

        return unknown ?? ServiceRequest.Nothing;
    }
}
