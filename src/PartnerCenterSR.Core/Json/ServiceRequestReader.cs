using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PartnerCenterSR.Core.Json;

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

    public static ServiceRequest Read(JsonElement json, string? customerId)
    {
        (ServiceRequestStatus status, string statusText) = ServiceWords.Status(json.Text("status"));
        (ServiceRequestSeverity severity, string severityText) = ServiceWords.Severity(json.Text("severity"));
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
            PrimaryContact = Contact(json, "primaryContact"),
            LastUpdatedBy = Contact(json, "lastUpdatedBy"),
            ProductId = json.Text("productId"),
            ProductName = json.Text("productName"),
            CreatedDate = WireDate.ParseLocal(json.Text("createdDate")),
            LastModifiedDate = WireDate.ParseLocal(json.Text("lastModifiedDate")),
            LastClosedDate = WireDate.ParseLocal(json.Text("lastClosedDate")),
            NewNote = json.TryGet("newNote", out JsonElement note) && note.ValueKind == JsonValueKind.Object ? Note(note) : null,
            Notes = List(json, "notes").Where(item => item.ValueKind == JsonValueKind.Object).Select(Note).ToArray(),
            CountryCode = json.Text("countryCode"),
            FileLinks = List(json, "fileLinks").Select(item => item.AsObject()).ToArray(),
            EmailCcList = List(json, "emailCcList").Select(item => item.AsText()).OfType<string>().ToArray(),
            CreationChannel = json.Text("creationChannel"),
            AdditionalInfo = List(json, "additionalInfo").Select(item => item.AsObject()).ToArray(),
            Appointment = json.TryGet("appointment", out JsonElement appointment) ? appointment.AsObject() : null,
            Attributes = json.TryGet("attributes", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Object
                ? attributes.AsDictionary()
                : ServiceRequest.Nothing,
            AdditionalProperties = Unknown(json),
            CustomerId = customerId,
        };
    }

    private static ServiceRequestNote Note(JsonElement json) => new()
    {
        CreatedByName = json.Text("createdByName"),
        CreatedDate = WireDate.ParseLocal(json.Text("createdDate")),
        Text = json.Text("text") ?? string.Empty,
    };

    private static ServiceRequestOrganization? Organization(JsonElement json) =>
        json.TryGet("organization", out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? new() { Id = value.Text("id"), Name = value.Text("name"), PhoneNumber = value.Text("phoneNumber") }
            : null;

    private static ServiceRequestContact? Contact(JsonElement json, string name) =>
        json.TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? new()
            {
                Organization = Organization(value),
                ContactId = value.Text("contactId"),
                LastName = value.Text("lastName"),
                FirstName = value.Text("firstName"),
                Email = value.Text("email"),
                PhoneNumber = value.Text("phoneNumber"),
            }
            : null;

    private static IEnumerable<JsonElement> List(JsonElement json, string name) =>
        json.TryGet(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static IReadOnlyDictionary<string, object?> Unknown(JsonElement json)
    {
        Dictionary<string, object?>? unknown = null;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!Known.Contains(property.Name))
            {
                (unknown ??= new(StringComparer.OrdinalIgnoreCase))[property.Name] = property.Value.AsObject();
            }
        }

        return unknown ?? ServiceRequest.Nothing;
    }
}
