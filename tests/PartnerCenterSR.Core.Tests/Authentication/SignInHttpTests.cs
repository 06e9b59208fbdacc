using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Authentication;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Authentication;

public sealed class SignInHttpTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 30)]
    public void A_call_may_take_so_long_and_never_longer_than_half_a_minute(int seconds, int limit)
    {
        SignInHttp http = new(TimeSpan.FromSeconds(seconds));
        Assert.Equal((TimeSpan.FromSeconds(limit), TimeSpan.FromSeconds(limit)), (http.Limit, http.GetHttpClient().Timeout));
    }

    [Fact]
    public async Task It_follows_no_redirect_and_keeps_no_cookie()
    {
        (HttpListener listener, Uri address) = LoopbackBrowser.Listen(LoopbackBrowser.FreePort);
        using (listener)
        {
            HttpClient http = new SignInHttp(TimeSpan.FromSeconds(20)).GetHttpClient();
            for (int call = 0; call < 2; call++)
            {
                Task<HttpResponseMessage> asking = http.GetAsync(address);
                HttpListenerContext asked = await listener.GetContextAsync();
                Assert.Null(asked.Request.Headers["Cookie"]);
                asked.Response.AddHeader("Set-Cookie", "a=b; path=/");
                asked.Response.Redirect(new Uri(address, "/elsewhere").AbsoluteUri);
                asked.Response.Close();
                using HttpResponseMessage answer = await asking;
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            }
        }
    }
}
