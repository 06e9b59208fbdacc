using System;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PartnerCenterSR.Emulator;

/// <summary>Requests to try things on: the same every time, but for their dates, which are always recent.</summary>
internal static class SampleData
{
    private const long FirstId = 616122292874576;

    private static readonly string[] Titles =
    [
        "Mailbox migration stalls", "Cannot assign licences after transfer of the subscription", "Invoice shows a seat too many",
        "Conditional access locks out the helpdesk", "Azure reservation cannot be cancelled", "Teams calls drop after ten minutes",
        "SharePoint search misses new documents", "Domain verification fails", "Backup vault is not reachable", "Intune enrolment ends with 0x80180014",
    ];

    private static readonly (string Id, string Name)[] Organizations =
    [
        ("3b33e682-00c3-41ee-9dd2-a548adf56438", "Fabrikam GmbH"), ("b44bb1fb-c595-4f18-a47a-2d4b5b7c1f0e", "Wingtip Toys"),
        ("0c39d6d5-c70d-4c55-bc02-f620844f3fd1", "Contoso Retail"), ("e5a0b5e2-5b0d-4b3e-8f6e-0f2f2f5c7a11", "Litware Inc."),
    ];

    public static JsonArray Create() => Create(24);

    public static JsonArray Create(int count)
    {
        JsonArray requests = [];
        DateTime now = DateTime.UtcNow;
        for (int i = 0; i < count; i++)
        {
            requests.Add(One(i, now.AddMinutes(-95 * (i + 1))));
        }

        return requests;
    }

    public static string Id(int index) => (FirstId + (5L * index)).ToString(CultureInfo.InvariantCulture);

    private static JsonObject One(int index, DateTime modified)
    {
        string status = Words.Statuses[1 + (index % 5 == 3 ? 2 : index % 4 == 2 ? 1 : 0)];
        (string Id, string Name) organization = Organizations[index % Organizations.Length];
        string title = Titles[index % Titles.Length];
        return new()
        {
            ["id"] = Id(index),
            ["title"] = title,
            ["description"] = title + ". Seen first last week; nothing was changed on our side.",
            ["severity"] = Words.Severities[1 + (index % 3)],
            ["supportTopicId"] = "32444671",
            ["supportTopicName"] = "Cannot manage my profile",
            ["status"] = status,
            ["organization"] = new JsonObject { ["id"] = organization.Id, ["name"] = organization.Name, ["phoneNumber"] = "+49 30 5550100" },
            ["primaryContact"] = new JsonObject { ["firstName"] = "Alex", ["lastName"] = "Wilber", ["email"] = "alex@contoso.example" },
            ["productId"] = "15960",
            ["productName"] = "Microsoft 365",
            ["createdDate"] = RequestStore.Date(modified.AddDays(-3)),
            ["lastModifiedDate"] = RequestStore.Date(modified),
            ["lastClosedDate"] = status == "closed" ? RequestStore.Date(modified) : null,
            ["notes"] = new JsonArray(new JsonObject
            {
                ["createdByName"] = "Microsoft Support",
                ["createdDate"] = RequestStore.Date(modified),
                ["text"] = "We have received your request.",
            }),
            ["countryCode"] = "DE",
            ["attributes"] = new JsonObject { ["objectType"] = "ServiceRequest" },
        };
    }
}
