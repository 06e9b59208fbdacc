using System.Linq;
using Microsoft.Identity.Client;
using PartnerCenterSR.Core.Authentication;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public sealed class KeptAccountsTests
{
    [Theory]
    [InlineData(null, "a@contoso.example", "a@contoso.example")]
    [InlineData(null, "a@contoso.example b@fabrikam.example", null)]
    [InlineData("fabrikam.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("FABRIKAM.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("contoso.example", "a@contoso.example b@contoso.example", null)]
    [InlineData("tenant-of-b@fabrikam.example", "a@contoso.example b@fabrikam.example", "b@fabrikam.example")]
    [InlineData("wingtip.example", "a@contoso.example", null)]
    [InlineData("soso.example", "a@contososo.example", null)]
    public void Of_several_accounts_the_tenant_decides_or_a_person(string? tenant, string kept, string? chosen) =>
        Assert.Equal(chosen, KeptAccounts.Choose(kept.Split(' ').Select(name => new Account(name)), tenant)?.Username);

    private sealed class Account(string name) : IAccount
    {
        public string Username => name;

        public string Environment => string.Empty;

        public AccountId HomeAccountId => new("o." + "tenant-of-" + name, "o", "tenant-of-" + name);
    }
}
