using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

/// <summary>A person in the browser. Alone: only what a test puts there is found, so that no real browser opens.</summary>
[CollectionDefinition(nameof(BrowserSignInTests), DisableParallelization = true)]
[Collection(nameof(BrowserSignInTests))]
public sealed class BrowserSignInTests : IDisposable
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly SignInWire _wire = new();
    private readonly RecordingObserver _heard = new();
    private readonly List<string> _rotated = [];

    public BrowserSignInTests() => Environment.SetEnvironmentVariable("PATH", _folder);

    private CallOptions Call => new(_heard, _patience.Token);

    private SignInOptions Options => new()
    {
        Kind = SignInKind.User,
        Authority = _wire.Authority,
        Endpoint = new("https://api.example"),
        IsInteractive = true,
        Rotated = _rotated.Add,
    };

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _wire.Dispose();
        _patience.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("xdg-open")]
    [InlineData("open")]
    [InlineData("wslview")]
    [InlineData("gnome-open")]
    [InlineData("kfmclient")]
    public void What_opens_addresses_here_gets_it_as_one_argument(string opener)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Uri address = new("https://login.example/a?b=c%20d&e=$(f);g");
        string program = Path.Combine(_folder, opener);
        string asked = program + ".asked";
        File.WriteAllText(program, "#!/bin/sh\nprintf %s \"$1\" > \"$0.asked\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        BrowserLauncher.Open(address);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(asked) && File.ReadAllText(asked) == address.AbsoluteUri, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Who_signed_in_there_is_renewed_silently_and_asked_again_as_the_same_person()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using HttpClient http = new();
        Task<MsalTokenSource> signingIn = MsalTokenSource.SignInAsync(Options, Call, null, _wire);
        (Uri address, Dictionary<string, string> asked) = Prompted(1);
        Assert.Equal(Messages.BrowserOpens.With(address.AbsoluteUri), _heard.Prompts.Last());
        Task<string> page = ComeBackAsync(http, asked);
        MsalTokenSource tokens = await signingIn;
        Assert.Contains(WebUtility.HtmlEncode(Messages.PageDone), await page, StringComparison.Ordinal);

        string second = await tokens.RenewAsync(await tokens.GetAsync(Call), null, Call);
        Assert.Equal(("refresh_token", "refresh1"), (_wire.Asked[^1]["grant_type"], _wire.Asked[^1]["refresh_token"]));
        Assert.Single(_heard.Prompts);

        Task<string> asking = tokens.AskAsync(second, ClaimsChallenge.Mfa, Call);
        (address, asked) = Prompted(2);
        Assert.Equal(Messages.BrowserOpensFor.With(Messages.MfaAsked, address.AbsoluteUri), _heard.Prompts.Last());
        Assert.Equal("a@contoso.example", asked["login_hint"]);
        Assert.Contains("mfa", asked["claims"], StringComparison.Ordinal);
        page = ComeBackAsync(http, asked);
        Assert.NotEqual(second, await asking);
        await page;
        Assert.Equal(["refresh1", "refresh2", "refresh3"], _rotated);
    }

    [Fact]
    public async Task Nobody_is_waited_for_longer_than_five_minutes()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        Task<MsalTokenSource> signingIn = MsalTokenSource.SignInAsync(Options with { Time = time }, Call, null, _wire);
        Prompted(1);
        time.Advance(TimeSpan.FromMinutes(5));
        PartnerCenterException nobody = await Assert.ThrowsAsync<PartnerCenterException>(() => signingIn);
        Assert.Equal((ErrorIds.SignInFailed, Messages.NobodyCame.With(5), Messages.NoBrowserCure), (nobody.ErrorId, nobody.Message, nobody.RecommendedAction));
    }

    private (Uri Address, Dictionary<string, string> Asked) Prompted(int number)
    {
        Assert.True(SpinWait.SpinUntil(() => _heard.Prompts.Count == number, TimeSpan.FromSeconds(60)));
        string prompt = _heard.Prompts.Last();
        Uri address = new(prompt[prompt.IndexOf("https:", StringComparison.Ordinal)..]);
        return (address, address.Query.TrimStart('?').Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => WebUtility.UrlDecode(field[1])));
    }

    private static Task<string> ComeBackAsync(HttpClient http, Dictionary<string, string> asked) =>
        http.GetStringAsync(new Uri($"{asked["redirect_uri"].TrimEnd('/')}/?code=c&state={asked["state"]}"));
}
