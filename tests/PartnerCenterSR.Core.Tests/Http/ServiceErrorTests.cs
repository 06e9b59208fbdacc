using System.Text;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>Every form in which the service and what stands before it tell an error.</summary>
public sealed class ServiceErrorTests
{
    [Theory]
    [InlineData("""{"code":1000,"description":"Plain words.","data":[],"source":"PartnerFD"}""", "1000", "Plain words.")]
    [InlineData("""{"code":"1000","description":"Plain words."}""", "1000", "Plain words.")]
    [InlineData("""{"statusCode":429,"message":"Plain words."}""", "429", "Plain words.")]
    [InlineData("""{"type":"about:blank","title":"Short","status":412,"detail":"Plain words.","instance":"/x"}""", "412", "Short. Plain words.")]
    [InlineData("""{"error":{"code":"BadThing","message":"Plain words.","target":"x","innerError":{}}}""", "BadThing", "Plain words.")]
    [InlineData("\"Plain words.\"", null, "Plain words.")]
    [InlineData("Plain words.", null, "Plain words.")]
    [InlineData("\uFEFF{\"code\":\"1\",\"description\":\"Plain words.\"}", "1", "Plain words.")]
    [InlineData("<html><body>Bad gateway</body></html>", null, null)]
    [InlineData("[1]", null, null)]
    [InlineData("", null, null)]
    public void It_is_read_for_its_code_and_words(string body, string? code, string? words) =>
        Assert.Equal(new ServiceError(code, words), ServiceError.Parse(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData(400, "InvalidRequest", false)]
    [InlineData(401, "Unauthenticated", false)]
    [InlineData(403, "AccessDenied", false)]
    [InlineData(404, "NotFound", false)]
    [InlineData(408, "Timeout", true)]
    [InlineData(409, "InvalidRequest", false)]
    [InlineData(412, "InvalidRequest", false)]
    [InlineData(415, "InvalidRequest", false)]
    [InlineData(422, "InvalidRequest", false)]
    [InlineData(429, "Throttled", false)]
    [InlineData(500, "ServiceUnavailable", true)]
    [InlineData(502, "ServiceUnavailable", true)]
    [InlineData(503, "ServiceUnavailable", true)]
    [InlineData(504, "ServiceUnavailable", true)]
    [InlineData(303, "MalformedResponse", true)]
    [InlineData(307, "MalformedResponse", true)]
    public void Each_status_has_one_meaning(int status, string errorId, bool isOpen)
    {
        ApiRequest request = new(ApiRequest.Patch, new("https://x"));
        PartnerCenterException error = CallErrors.FromStatus(request, status, new("1000", "Plain words."), null, null, null);
        Assert.Equal((errorId, status, isOpen, "1000", "Plain words.", request.RequestId), (error.ErrorId, error.StatusCode, error.OutcomeOpen, error.ServiceErrorCode, error.ServiceMessage, error.RequestId));
        Assert.Contains("Plain words", error.Message, System.StringComparison.Ordinal);
    }
}
