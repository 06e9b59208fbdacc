using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>A service that pages in one of the ways in which services do.</summary>
/// <param name="How">How it pages.</param>
/// <param name="Items">How many requests it has.</param>
/// <param name="Size">How many on a page.</param>
/// <param name="IsCounted">Whether it says how many there are.</param>
internal sealed record PagingService(PagingService.Kind How, int Items, int Size, bool IsCounted)
{
    /// <summary>What a service counts in its offset, and how it says where it goes on.</summary>
    public enum Kind
    {
        Links,
        Items,
        PagesFromZero,
        PagesFromOne,
    }

    public static string Id(int number) => (700_000_000_000_000 + number).ToString(CultureInfo.InvariantCulture);

    public ServiceRequestPage Page(Uri address, IReadOnlyList<string>? ids = null)
    {
        ids ??= [.. Enumerable.Range(0, Items).Select(Id)];
        long offset = Offset(address);
        long start = How switch
        {
            Kind.PagesFromZero => offset * Size,
            Kind.PagesFromOne => Math.Max(0, offset - 1) * Size,
            _ => offset,
        };
        string[] page = [.. ids.Skip((int)Math.Min(start, int.MaxValue)).Take(Size)];
        string? next = How == Kind.Links && start + Size < ids.Count ? $"/v1/servicerequests?offset={start + Size}" : null;
        return new([.. page.Select(id => new ServiceRequest { Id = id })]) { TotalCount = IsCounted ? ids.Count : null, Next = next };
    }

    private static long Offset(Uri address) =>
        address.Query.TrimStart('?').Split('&').Where(part => part.StartsWith("offset=", StringComparison.Ordinal)).Select(part => long.Parse(part[7..], CultureInfo.InvariantCulture)).FirstOrDefault();
}
