using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Fuzz;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>However a service pages, each of its requests comes, and the walk ends.</summary>
public sealed class PageWalkTests
{
    private const int Enough = 400;
    private static readonly Uri Endpoint = new("https://api.example/");
    private static readonly Uri First = new("https://api.example/v1/servicerequests");

    /// <returns>The ids that came, each once, and how many pages were asked for.</returns>
    private static (HashSet<string> Ids, int Pages, PageWalk Walk) Walk(Func<Uri, int, ServiceRequestPage> page, bool isFiltered = false)
    {
        PageWalk walk = new(Endpoint, First, isFiltered);
        HashSet<string> ids = [];
        int pages = 0;
        for (Uri? at = First; at is not null && pages < Enough; pages++)
        {
            ServiceRequestPage one = page(at, pages);
            ids.UnionWith(one.Items.Select(item => item.Id));
            at = walk.After(at, one);
        }

        return (ids, pages, walk);
    }

    private static readonly Gen<PagingService> Services = Gen.Select(Gen.Enum<PagingService.Kind>(), Gen.Int[0, 60], Gen.Int[1, 20], Gen.Bool).Select((paging, items, size, isCounted) => new PagingService(paging, items, size, isCounted));

    [Fact]
    public void Each_request_of_any_service_comes_and_the_walk_ends() => Gen.Select(Services, Gen.Bool).Sample((service, isFiltered) =>
    {
        (HashSet<string> ids, int pages, PageWalk walk) = Walk((address, _) => service.Page(address), isFiltered);
        Assert.Equal(service.Items, ids.Count);
        Assert.Equal((service.Items, service.IsCounted ? service.Items : null, false), (walk.Count, walk.Promised, walk.IsShort));
        Assert.True(pages < Enough, $"{service} took {pages} pages.");
    }, iter: Mutations.Tries);

    [Theory]
    [InlineData("Links", 10, 3, true, false, 4)]
    [InlineData("Links", 10, 3, false, false, 4)]
    [InlineData("Links", 9, 3, true, true, 3)]
    [InlineData("Items", 10, 3, true, false, 4)]
    [InlineData("Items", 9, 3, true, true, 3)]
    [InlineData("Items", 2, 3, true, false, 1)]
    [InlineData("Items", 0, 3, true, false, 1)]
    [InlineData("Items", 0, 3, false, false, 1)]
    [InlineData("PagesFromZero", 9, 3, true, false, 4)]
    [InlineData("PagesFromOne", 9, 3, true, false, 5)]
    public void And_asks_for_no_more_pages_than_it_needs(string paging, int items, int size, bool isCounted, bool isFiltered, int expected)
    {
        PagingService service = new(Enum.Parse<PagingService.Kind>(paging), items, size, isCounted);
        Assert.Equal(expected, Walk((address, _) => service.Page(address), isFiltered).Pages);
    }

    [Fact]
    public void What_is_closed_on_the_way_makes_others_move_forward_and_they_come_too() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 10], Gen.Bool, Gen.Bool).Sample((items, size, isCounted, isLinked) =>
    {
        // The command behind the pipe closes each page before the next is asked for.
        List<string> open = [.. Enumerable.Range(0, items).Select(PagingService.Id)];
        (HashSet<string> ids, int pages, _) = Walk(
            (address, _) =>
            {
                ServiceRequestPage page = new PagingService(isLinked ? PagingService.Kind.Links : PagingService.Kind.Items, 0, size, isCounted).Page(address, open);
                open.RemoveAll(id => page.Items.Any(item => item.Id == id));
                return page;
            },
            isFiltered: true);
        Assert.Equal(items, ids.Count);
        Assert.True(pages < Enough);
    }, iter: Mutations.Tries);

    [Fact]
    public void A_service_that_says_more_than_it_has_is_short()
    {
        PagingService service = new(PagingService.Kind.Items, 6, 3, true);
        (HashSet<string> ids, int pages, PageWalk walk) = Walk((address, _) => service.Page(address) with { TotalCount = 9 });
        Assert.Equal((6, true, 9), (ids.Count, walk.IsShort, walk.Promised));
        Assert.InRange(pages, 3, 12);
    }

    [Theory]
    [InlineData("/v1/servicerequests", 1)]
    [InlineData("/v1/servicerequests?offset=1", 2)]
    public void A_link_that_leads_to_its_own_page_ends(string link, int expected)
    {
        (_, int pages, _) = Walk((_, _) => new([new ServiceRequest { Id = PagingService.Id(1) }]) { Next = link });
        Assert.Equal(expected, pages);
    }

    [Fact]
    public void Some_pages_of_a_linked_list_may_bring_nothing_new()
    {
        (HashSet<string> ids, _, _) = Walk((_, page) => new([new ServiceRequest { Id = PagingService.Id(page < 9 ? 0 : page) }]) { Next = page < 10 ? $"/v1/servicerequests?at={page}" : null });
        Assert.Equal([PagingService.Id(0), PagingService.Id(9), PagingService.Id(10)], ids.Order());
    }

    [Fact]
    public void What_comes_twice_counts_once()
    {
        (_, _, PageWalk walk) = Walk((_, page) => new([new ServiceRequest { Id = PagingService.Id(page) }, new ServiceRequest { Id = PagingService.Id(page + 1) }]) { Next = page < 2 ? $"/v1/servicerequests?at={page}" : null, TotalCount = 4 });
        Assert.Equal((4, 4), (walk.Count, walk.Promised));
        Assert.True(walk.Received >= 6);
    }

    [Fact]
    public void The_first_page_says_how_many_there_are()
    {
        (_, _, PageWalk walk) = Walk((_, page) => new([new ServiceRequest { Id = PagingService.Id(page) }]) { Next = page < 2 ? $"/v1/servicerequests?at={page}" : null, TotalCount = page == 0 ? 3 : 100 });
        Assert.Equal((3, false), (walk.Promised, walk.IsShort));
    }
}
