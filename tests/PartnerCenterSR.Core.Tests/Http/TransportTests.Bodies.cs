using System;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>How much of a body is read.</summary>
public partial class TransportTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task As_many_bytes_as_may_be_are_all(int length, bool isAll)
    {
        using AnswerBody body = new(3);
        using MemoryStream stream = new(new byte[length]);
        Assert.Equal(isAll, await body.ReadAsync(stream, CancellationToken.None));
    }

    [Fact]
    public void What_never_began_to_come_is_nothing()
    {
        using AnswerBody body = new(3);
        Assert.Empty(body.ToArray());
    }

    [Fact]
    public async Task Of_an_error_that_is_too_long_the_first_words_are_told()
    {
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() =>
            SendAsync(HttpStatusCode.BadRequest, new MemoryStream(Encoding.UTF8.GetBytes("Plain words. " + new string('x', 100_000)))));
        Assert.StartsWith("Plain words. x", error.ServiceMessage, StringComparison.Ordinal);
    }
}
