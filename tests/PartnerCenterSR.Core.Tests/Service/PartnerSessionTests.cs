using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Service;

/// <summary>A connection: what it asks for at its beginning, and how it ends.</summary>
public sealed class PartnerSessionTests
{
    private static Wire Mfa(params bool?[] answers)
    {
        Queue<bool?> left = new(answers);
        return new(_ => Wire.Json("[]") with { IsMfaCompliant = left.Dequeue() });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public async Task A_service_that_says_yes_or_nothing_about_mfa_lets_one_in(bool? said)
    {
        Wire wire = Mfa(said);
        PartnerSession session = wire.Session();
        await session.ValidateAsync(wire.Options);
        Assert.Equal(said, session.IsMfaCompliant);
    }

    [Fact]
    public async Task Where_it_says_no_and_nobody_is_there_that_is_the_end()
    {
        Wire wire = Mfa(false);
        Assert.Equal(ErrorIds.MfaRequired, (await Assert.ThrowsAsync<PartnerCenterException>(() => wire.Session().ValidateAsync(wire.Options))).ErrorId);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, true)]
    [InlineData(false, false)]
    public async Task Where_somebody_is_there_one_is_asked_once(bool? then, bool isIn)
    {
        Wire wire = Mfa(false, then);
        RenewingTokens person = new();
        PartnerSession session = wire.Session(person);
        Task validation = session.ValidateAsync(wire.Options);
        Assert.Equal(isIn ? null : ErrorIds.MfaRequired, isIn ? null : (await Assert.ThrowsAsync<PartnerCenterException>(() => validation)).ErrorId);
        await Task.WhenAny(validation);
        Assert.Equal(("t0", ClaimsChallenge.Mfa), Assert.Single(person.Asked));
        Assert.Equal(then, session.IsMfaCompliant);
    }

    [Fact]
    public async Task Its_end_ends_its_token_its_server_and_what_was_kept()
    {
        Wire wire = new(_ => Wire.Json("[]"));
        bool forgot = false;
        Server server = new();
        PartnerSession session = new(new() { Endpoint = new("http://127.0.0.1:9/") }, new StaticTokenSource("t", SignInFacts.None), server, () => forgot = true);
        Assert.False(session.IsEnded);
        session.SignOut();
        Assert.Equal((true, true, true), (session.IsEnded, forgot, server.IsGone));
        Assert.Equal(ErrorIds.NotConnected, (await Assert.ThrowsAsync<PartnerCenterException>(() => session.Tokens.GetAsync(wire.Options))).ErrorId);
        using PartnerSession other = wire.Session();
        other.SignOut();
        Assert.True(other.IsEnded);
    }

    [Fact]
    public void Of_what_was_seen_the_newest_five_hundred_stay()
    {
        RecentRequests recent = new();
        foreach (int number in Enumerable.Range(0, 502).Append(2).Append(501))
        {
            recent.Add(new ServiceRequest { Id = number.ToString(CultureInfo.InvariantCulture) });
        }

        IReadOnlyList<ServiceRequest> list = recent.List();
        Assert.Equal(500, list.Count);
        Assert.Equal(["501", "2", "500", "499"], list.Take(4).Select(request => request.Id));
        Assert.Equal("3", list[^1].Id);
    }

    private sealed class Server : IDisposable
    {
        public bool IsGone { get; private set; }

        public void Dispose() => IsGone = true;
    }

    [Fact]
    public void One_that_was_forgotten_comes_anew_and_one_that_is_there_comes_once()
    {
        RecentRequests recent = new();
        foreach (int number in Enumerable.Range(0, 501).Append(0).Append(500))
        {
            recent.Add(new ServiceRequest { Id = number.ToString(CultureInfo.InvariantCulture) });
        }

        string[] ids = [.. recent.List().Select(request => request.Id)];
        Assert.Equal((500, 500), (ids.Length, ids.Distinct().Count()));
        Assert.Equal(["500", "0", "499"], ids.Take(3));
    }
}
