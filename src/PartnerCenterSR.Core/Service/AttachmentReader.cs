using System;
using System.Globalization;
using PartnerCenterSR.Core.Json;

namespace PartnerCenterSR.Core.Service;

/// <summary>Makes the objects of what hangs on a request. What this module wrote itself (ConvertTo-Json) is read too.</summary>
internal static class AttachmentReader
{
    public static ServiceRequestFileLink FileLink(JsonFields json)
    {
        string? name = json.Text("fileNameWithoutExtension");
        string? extension = json.Text("extensionType")?.TrimStart('.');
        return new()
        {
            Id = json.Text("id"),
            Name = name is null ? json.Text("name") : string.IsNullOrEmpty(extension) ? name : $"{name}.{extension}",
            Size = long.TryParse(json.Text("fileSize") ?? json.Text("size"), NumberStyles.Integer, CultureInfo.InvariantCulture, out long size) ? size : null,
            Location = json.Text("location"),
            Comment = json.Text("comment"),
        };
    }

    public static ServiceRequestAppointment Appointment(JsonFields json) => new()
    {
        ServiceRequestId = json.Text("serviceRequestId"),
        CustomerName = json.Text("customerName"),
        CustomerEmailAddress = json.Text("customerEmailAddress"),
        CustomerPhone = json.Text("customerPhone"),
        Start = Time(json, "start"),
        StartTimeZone = json.Object("start")?.Text("timeZone") ?? json.Text("startTimeZone"),
        End = Time(json, "end"),
        EndTimeZone = json.Object("end")?.Text("timeZone") ?? json.Text("endTimeZone"),
        Notes = json.Text("notes"),
    };

    /// <summary>The clock's time as it is written: whose clock it is stands beside it.</summary>
    private static DateTime? Time(JsonFields json, string name) =>
        DateTimeOffset.TryParse(json.Object(name)?.Text("dateTime") ?? json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1
            ? time.DateTime
            : null;
}
