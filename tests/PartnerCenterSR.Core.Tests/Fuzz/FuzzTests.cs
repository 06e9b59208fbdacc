using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using CsCheck;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Json;
using PartnerCenterSR.Core.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Fuzz;

/// <summary>Whatever comes, the real readers give what they promise, or an error of ours: no other exception, no hang, nothing that steers a terminal.</summary>
public sealed class FuzzTests : IDisposable
{
    private const string Id = "616122292874576";
    private const string Request = """{"id":"616122292874576","title":"Title","status":"open","severity":1,"organization":{"id":"o","name":"Contoso"},"primaryContact":{"email":"a@b"},"createdDate":"2026-01-02T03:04:05.678Z","lastModifiedDate":"2026-01-02T03:04:05","notes":[{"createdByName":"x","createdDate":"0001-01-01T00:00:00","text":"note"}],"fileLinks":[{"id":1}],"attributes":{"objectType":"ServiceRequest"},"other":[1,2.5,true,null,{"a":"b"}]}""";
    private const string Page = "{\"totalCount\":3,\"items\":[" + Request + """],"links":{"next":{"uri":"/servicerequests?size=1&offset=1","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"abc"}]}}}""";
    private static readonly Uri Endpoint = new("https://api.example/root/");
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Answers() => Mutations.Bytes(Request, Page, $"[{Request}]", "\uFEFF" + Request).Sample(body =>
    {
        ApiResponse response = new(200, body);
        _ = ResponseReader.Page(response, null)?.Items.Count;
        ServiceRequest? request = ResponseReader.ServiceRequest(response, Id, null);
        Assert.True(request is null || request.Id.Equals(Id, StringComparison.OrdinalIgnoreCase));
    }, iter: Mutations.Tries);

    [Fact]
    public void Errors() => Mutations.Bytes("""{"code":"900421","description":"words"}""", """{"error":{"code":1,"message":"words"}}""", """{"title":"t","detail":"d","errors":{"a":["b"]}}""", "\"text\"", "<html>", "plain words").Sample(body =>
    {
        foreach (int status in new[] { 400, 401, 403, 429, 503 })
        {
            PartnerCenterException error = CallErrors.FromStatus(new(HttpMethod.Get, Endpoint), status, ServiceError.Parse(body), null, null, null);
            Assert.DoesNotContain(error.Message + error.ServiceMessage + error.ServiceErrorCode, Steers);
            Assert.InRange(error.Message.Length, 1, 8000);
        }
    }, iter: Mutations.Tries);

    [Fact]
    public void Next_links() => Mutations.Text("/servicerequests?size=1", "servicerequests?x=y", "https://api.example/root/v1/servicerequests", "?offset=5", "//v1//servicerequests").Sample(link =>
    {
        try
        {
            Uri next = NextLink.Resolve(Endpoint, new(Endpoint, "v1/servicerequests"), link);
            Assert.Equal((Endpoint.Scheme, Endpoint.Authority, string.Empty), (next.Scheme, next.Authority, next.UserInfo));
            Assert.StartsWith("/root/v1/", next.AbsolutePath, StringComparison.Ordinal);
            Assert.DoesNotContain(next.AbsoluteUri, Steers);
        }
        catch (PartnerCenterException error)
        {
            Assert.Equal(ErrorIds.MalformedResponse, error.ErrorId);
        }
    }, iter: Mutations.Tries);

    [Fact]
    public void Files() => Mutations.Bytes($"Id,Note,Status\r\n{Id},a note,closed\r\n{Id},\"two\r\nlines\",\r\n", $"Id;Note\n{Id};n\n", $"\uFEFFId\tNote\r\n{Id}\tn").Sample(bytes =>
    {
        File.WriteAllBytes(_file, bytes);
        try
        {
            using UpdateFile file = new(_file, new(), new());
            IReadOnlyList<(CsvRow Row, PartnerCenterException Error)> bad = file.Check(() => false);
            Assert.All(bad, row => Assert.DoesNotContain(row.Error.Message, Steers));
            Assert.Equal(file.Count - bad.Count, bad.Count == 0 ? file.Updates().Count() : file.Count - bad.Count);
        }
        catch (PartnerCenterException error)
        {
            Assert.Equal(ErrorIds.InvalidCsv, error.ErrorId);
            Assert.DoesNotContain(error.Message, Steers);
        }
    }, iter: Mutations.Tries, threads: 1);

    [Fact]
    public void Journals()
    {
        string sound = SoundJournal();
        Mutations.Bytes(sound).Sample(bytes =>
        {
            try
            {
                using MemoryStream stream = new(bytes);
                JournalState state = JournalReader.Read(stream, "journal", out long whole);
                Assert.InRange(whole, 0, bytes.Length);
                Assert.All(state.Records, record => _ = record.ToEntry().Outcome);
            }
            catch (PartnerCenterException error)
            {
                Assert.Equal(ErrorIds.InvalidJournal, error.ErrorId);
            }
        }, iter: Mutations.Tries);
    }

    [Fact]
    public void Any_prefix_of_a_journal_loads_to_a_prefix_of_its_facts()
    {
        byte[] sound = Encoding.UTF8.GetBytes(SoundJournal());
        int before = 0;
        for (int length = 0; length <= sound.Length; length++)
        {
            using MemoryStream stream = new(sound[..length]);
            int records = JournalReader.Read(stream, "journal", out _).Records.Count();
            Assert.InRange(records, before, before + 1);
            before = records;
        }

        Assert.Equal(2, before);
    }

    [Fact]
    public void Tokens_dates_and_challenges() => Mutations.Text("eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2FwaSIsImV4cCI6MTc5NTcyNTM0NywidXBuIjoiYUBiIn0.c2ln", "2026-01-02T03:04:05.678Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "{\"exp\":99999999999999999999}").Sample(text =>
    {
        _ = TokenFacts.Read(text)?.SignIn.ExpiresOn;
        _ = TokenFacts.Read("x." + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".x")?.SignIn.ExpiresOn;
        _ = WireDate.ParseLocal(text);
        using HttpResponseMessage answer = new();
        answer.Headers.TryAddWithoutValidation("WWW-Authenticate", $"Bearer claims=\"{text}\"");
        answer.Headers.TryAddWithoutValidation("Retry-After", text);
        _ = ClaimsChallenge.Read(answer.Headers.WwwAuthenticate);
        _ = RetryAfter.Read(answer.Headers.RetryAfter, null, DateTimeOffset.UtcNow, text);
    }, iter: Mutations.Tries);

    [Fact]
    public void Safe_text_steers_nothing_and_is_safe_already() => Mutations.Text("plain", "\u001b]0;x\u0007", "a\u2028b").Sample(text =>
    {
        string shown = SafeText.Line(text);
        Assert.DoesNotContain(shown, Steers);
        Assert.InRange(shown.Length, 0, 1025);
        Assert.Equal(shown, SafeText.Line(shown)[..Math.Min(shown.Length, SafeText.Line(shown).Length)]);
    }, iter: Mutations.Tries);

    [Fact]
    public void No_piece_of_a_secret_gets_through() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 16, 60], Mutations.Text("before", "after"), Gen.Int[0, 3]).Sample((secret, around, form) =>
    {
        string shown = form switch
        {
            0 => secret,
            1 => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
            2 => Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + secret)),
            _ => Uri.EscapeDataString(secret),
        };
        string clean = new Redaction([secret]).Clean(around + shown + around);
        for (int at = 4; at + 16 <= shown.Length - 4; at++)
        {
            Assert.DoesNotContain(shown.Substring(at, 16), clean, StringComparison.Ordinal);
        }
    }, iter: Mutations.Tries);

    private static bool Steers(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;

    private static string SoundJournal()
    {
        static string Line(JournalLine line) => Encoding.UTF8.GetString(line.ToBytes()) + "\n";
        ServiceRequestChanges changes = new() { Note = "note", Status = ServiceRequestStatus.Closed };
        DateTimeOffset time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        string first = new JournalKey(JournalKey.HashOf(Id, changes), 1).ToString();
        string second = new JournalKey(JournalKey.HashOf(Id, changes), 2).ToString();
        return Line(new() { Type = JournalLine.Header, Version = JournalLine.CurrentVersion, JournalId = "j", Endpoint = "https://api.example" })
            + Line(new() { Type = JournalLine.Intent, Key = first, Row = 1, Id = Id, Changes = changes, RequestId = "r", CorrelationId = "c", Time = time })
            + Line(new() { Type = JournalLine.End, Key = first, Outcome = UpdateOutcome.Succeeded, Attempts = 1, Time = time })
            + Line(new() { Type = JournalLine.Intent, Key = second, Row = 2, Id = Id, Changes = changes, Sent = "Status", RequestId = "r", CorrelationId = "c", Time = time });
    }
}
