using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public class LoopbackBrowserTests
{
    private static readonly Uri Authorization = new("https://login.example/authorize?client_id=a&state=right");

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /?code=stolen&state=wrong HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /favicon.ico HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /?state=right HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task A_stray_is_not_listened_to_and_holds_up_nobody(string request)
    {
        using LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        using TcpClient stray = new();
        await stray.ConnectAsync(IPAddress.Loopback, browser.Redirect.Port);
        await stray.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using TcpClient gone = new();
        await gone.ConnectAsync(IPAddress.Loopback, browser.Redirect.Port);
        await gone.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        gone.Close();
        using HttpClient http = new();
        Task<string> page = http.GetStringAsync(new Uri(browser.Redirect, "/?code=c&state=right"));
        Uri answer = await waiting;
        Assert.Equal("?code=c&state=right", answer.Query);
        browser.Finish(true);
        Assert.Contains("You can close this page", await page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_state_is_shown_as_what_it_is_and_waited_on()
    {
        using LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        using HttpClient http = new();
        using HttpResponseMessage wrong = await http.GetAsync(new Uri(browser.Redirect, "/?code=c&state=wrong"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("did not succeed", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Cancelled_it_ends_and_frees_the_port()
    {
        using CancellationTokenSource stop = new();
        LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        browser.Dispose();
        TcpListener again = new(IPAddress.Loopback, browser.Redirect.Port);
        again.Start();
        again.Stop();
    }

    [Fact]
    public void A_port_that_another_took_in_between_is_left_to_it()
    {
        using LoopbackBrowser other = new(_ => { });
        int asked = 0;
        (HttpListener listener, Uri redirect) = LoopbackBrowser.Listen(() => ++asked < 3 ? other.Redirect.Port : LoopbackBrowser.FreePort());
        using (listener)
        {
            Assert.NotEqual(other.Redirect.Port, redirect.Port);
            Assert.InRange(asked, 3, 10);
        }

        Assert.Throws<HttpListenerException>(() => LoopbackBrowser.Listen(() => other.Redirect.Port));
    }

    [Fact]
    public async Task An_answer_in_a_form_is_one_too_and_its_page_is_not_kept()
    {
        using LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        using HttpClient http = new();
        using StringContent form = new("code=c&state=right", Encoding.ASCII, "application/x-www-form-urlencoded");
        Task<HttpResponseMessage> posting = http.PostAsync(browser.Redirect, form);
        Assert.Equal("?code=c&state=right", (await waiting.WaitAsync(TimeSpan.FromSeconds(60))).Query);
        browser.Finish(true);
        using HttpResponseMessage page = await posting;
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task What_asks_for_another_page_is_told_that_there_is_none()
    {
        using LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
        using HttpResponseMessage none = await http.GetAsync(new Uri(browser.Redirect, "/favicon.ico"));
        Assert.Equal((HttpStatusCode.NotFound, false), (none.StatusCode, waiting.IsCompleted));
    }

    [Fact]
    public async Task Its_end_is_the_end_of_the_waiting()
    {
        LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        browser.Dispose();
        Exception? ended = await Record.ExceptionAsync(() => waiting.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.True(ended is ObjectDisposedException or HttpListenerException);
    }

    [Fact]
    public async Task A_browser_that_has_gone_at_the_end_undoes_nothing()
    {
        using LoopbackBrowser browser = new(_ => { });
        Task<Uri> waiting = browser.AcquireAuthorizationCodeAsync(Authorization, browser.Redirect, CancellationToken.None);
        using TcpClient gone = new() { LingerState = new(true, 0) };
        await gone.ConnectAsync(IPAddress.Loopback, browser.Redirect.Port);
        await gone.GetStream().WriteAsync("GET /?code=c&state=right HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        gone.Close();
        Assert.Null(Record.Exception(() => browser.Finish(true)));
    }
}
