using System;
using System.Linq;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>Clouds, cures, accounts and tokens from elsewhere.</summary>
public sealed partial class SignInRulesTests
{
    [Theory]
    [InlineData("global", "https://api.partnercenter.microsoft.com/", "login.microsoftonline.com")]
    [InlineData("USGovernment", "https://api.partnercenter.microsoft.com/", "login.microsoftonline.us")]
    [InlineData("CHINA", "https://partner.partnercenterapi.microsoftonline.cn/", "login.chinacloudapi.cn")]
    public void A_cloud_is_found_by_its_name(string name, string endpoint, string authority)
    {
        Cloud cloud = Clouds.Get(name);
        Assert.Equal((endpoint, authority), (cloud.Endpoint.AbsoluteUri, cloud.Authority.Host));
        Assert.True(Clouds.HasAuthority(authority.ToUpperInvariant()));
    }

    [Fact]
    public void One_that_is_closed_or_unknown_is_refused_and_told()
    {
        PartnerCenterException closed = Assert.Throws<PartnerCenterException>(() => Clouds.Get("germany"));
        Assert.Equal((ErrorIds.InvalidEnvironment, Messages.GermanyClosed, Messages.GermanyClosedAction), (closed.ErrorId, closed.Message, closed.RecommendedAction));
        PartnerCenterException unknown = Assert.Throws<PartnerCenterException>(() => Clouds.Get("Moon"));
        Assert.Equal((ErrorIds.InvalidEnvironment, Messages.InvalidEnvironment.With("Moon", "Global, USGovernment, China")), (unknown.ErrorId, unknown.Message));
        Assert.True(Clouds.HasAuthority("login.partner.microsoftonline.cn"));
        Assert.False(Clouds.HasAuthority("login.example"));
    }

    [Theory]
    [InlineData("AADSTS50079", true, nameof(Messages.MfaEnrollCure))]
    [InlineData("AADSTS50072", true, nameof(Messages.MfaEnrollCure))]
    [InlineData("AADSTS50079", false, nameof(Messages.MfaUnattendedCure))]
    [InlineData("AADSTS50072", false, nameof(Messages.MfaUnattendedCure))]
    [InlineData("AADSTS50076", true, nameof(Messages.MfaCure))]
    [InlineData("AADSTS50078", false, nameof(Messages.MfaUnattendedCure))]
    [InlineData("AADSTS50158", false, nameof(Messages.MfaUnattendedCure))]
    [InlineData("AADSTS530035", true, nameof(Messages.PolicyCure))]
    [InlineData("AADSTS53001", true, nameof(Messages.DeviceCure))]
    [InlineData("AADSTS70008", true, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS50173", true, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS70000", true, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS70043", true, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS700211", true, nameof(Messages.AssertionRefusedCure))]
    [InlineData("AADSTS700212", true, nameof(Messages.AssertionRefusedCure))]
    [InlineData("AADSTS70021", true, nameof(Messages.AssertionRefusedCure))]
    [InlineData("AADSTS700027", true, nameof(Messages.ApplicationProofCure))]
    [InlineData("AADSTS7000218", true, nameof(Messages.ApplicationProofCure))]
    [InlineData("AADSTS900023", true, nameof(Messages.TenantCure))]
    [InlineData("AADSTS90051", true, nameof(Messages.OtherCloudCure))]
    [InlineData("AADSTS70016", true, nameof(Messages.CodeExpiredCure))]
    [InlineData("AADSTS70020", true, nameof(Messages.CodeExpiredCure))]
    [InlineData("code_expired", true, nameof(Messages.CodeExpiredCure))]
    [InlineData("access_denied", true, nameof(Messages.DeclinedCure))]
    [InlineData("authentication_canceled", true, nameof(Messages.DeclinedCure))]
    [InlineData("linux_xdg_open_failed", true, nameof(Messages.NoBrowserCure))]
    [InlineData("http_listener_error", true, nameof(Messages.NoBrowserCure))]
    [InlineData("platform_not_supported", true, nameof(Messages.NoBrowserCure))]
    [InlineData("interaction_required", true, nameof(Messages.SignInAgainCure))]
    [InlineData("invalid_grant", true, nameof(Messages.SignInAgainCure))]
    [InlineData("interaction_required", false, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS50105", true, nameof(Messages.AssignmentCure))]
    [InlineData("AADSTS53003", true, nameof(Messages.PolicyCure))]
    [InlineData("AADSTS53000", true, nameof(Messages.DeviceCure))]
    [InlineData("AADSTS65001", true, nameof(Messages.ConsentCure))]
    [InlineData("AADSTS65002", true, nameof(Messages.PreauthorizedCure))]
    [InlineData("AADSTS65004", true, nameof(Messages.ConsentDeclinedCure))]
    [InlineData("AADSTS700082", true, nameof(Messages.RefreshTokenCure))]
    [InlineData("AADSTS700016", true, nameof(Messages.ApplicationCure))]
    [InlineData("AADSTS700025", true, nameof(Messages.PublicClientCure))]
    [InlineData("AADSTS7000215", true, nameof(Messages.WrongSecretCure))]
    [InlineData("AADSTS7000222", true, nameof(Messages.ExpiredSecretCure))]
    [InlineData("AADSTS700024", true, nameof(Messages.ClockCure))]
    [InlineData("AADSTS700213", true, nameof(Messages.AssertionRefusedCure))]
    [InlineData("AADSTS90002", true, nameof(Messages.TenantCure))]
    [InlineData("AADSTS90013", true, nameof(Messages.MalformedRequestCure))]
    [InlineData("AADSTS90038", true, nameof(Messages.OtherCloudCure))]
    [InlineData("AADSTS500011", true, nameof(Messages.ResourceCure))]
    [InlineData("AADSTS900329", true, nameof(Messages.AppOnlyCure))]
    [InlineData("AADSTS900421", true, nameof(Messages.NoMfaCure))]
    [InlineData("expired_token", true, nameof(Messages.CodeExpiredCure))]
    [InlineData("authorization_declined", true, nameof(Messages.DeclinedCure))]
    [InlineData("something_new", true, null)]
    [InlineData(null, true, null)]
    public void Each_code_has_its_cure(string? code, bool isInteractive, string? cure) =>
        Assert.Equal(cure is null ? null : typeof(Messages).GetProperty(cure, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)!.GetValue(null), SignInCures.For(code, new() { IsInteractive = isInteractive }));

    [Theory]
    [InlineData("AADSTS90072")]
    [InlineData("AADSTS50020")]
    [InlineData("AADSTS50034")]
    public void A_guest_is_told_by_the_code(string code) => Assert.Equal(Messages.GuestCure.With(code), SignInCures.For(code, new()));

    [Theory]
    [InlineData("h", "a", "t", "H", "b", "T", true)]
    [InlineData("h", "a", "t", "other", "a", "t", false)]
    [InlineData(null, "a", "t", "h", "A", "t", true)]
    [InlineData(null, "a", "t", "h", "b", "t", false)]
    [InlineData("h", "a", "t", null, "b", null, false)]
    [InlineData("h", null, "t", "h", "b", null, true)]
    [InlineData("h", "a", "t", "h", "a", "other", false)]
    [InlineData(null, null, null, "h", "a", "t", true)]
    public void An_account_may_be_the_same_where_nothing_says_otherwise(string? home, string? account, string? tenant, string? otherHome, string? otherAccount, string? otherTenant, bool mayBe)
    {
        SignedInAs one = new(home, account, tenant);
        SignedInAs other = new(otherHome, otherAccount, otherTenant);
        Assert.Equal((mayBe, mayBe), (one.MayBe(other), other.MayBe(one)));
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_told_by_its_thumbprint()
    {
        PartnerCenterException none = Assert.Throws<PartnerCenterException>(() => CertificateStores.Find("0123456789ABCDEF0123456789ABCDEF01234567"));
        Assert.Equal((ErrorIds.SignInFailed, Messages.NoCertificate.With("0123456789ABCDEF0123456789ABCDEF01234567")), (none.ErrorId, none.Message));
    }

    [Fact]
    public void The_last_page_says_how_it_ended_and_has_nothing_from_elsewhere()
    {
        string[] pages = [LastPage.Write(true), LastPage.Write(false)];
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Messages.PageDone), pages[0], StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Messages.PageDoneText), pages[0], StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Messages.PageFailedText), pages[1], StringComparison.Ordinal);
        Assert.All(pages, page => Assert.DoesNotContain(new[] { "<script", "http:", "https:", "src=" }, piece => page.Contains(piece, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", LastPage.Policy);
        Assert.Equal(2, pages.Distinct().Count());
    }
}
