using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Json;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Fuzz;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Properties;

/// <summary>What holds of every reader of single values, whatever the value. A failure names its seed, which CsCheck_Seed replays.</summary>
public sealed class ReadingProperties
{
    private static readonly Gen<string> Separators = Texts.Pick(string.Empty, "_", "-", " ", "\t", "\u00A0");

    [Fact]
    public void A_word_of_the_wire_means_one_state_in_whatever_spelling() => Gen.Select(Gen.Enum<ServiceRequestStatus>(), Separators, Gen.Bool.Array[20]).Sample((status, separator, upper) =>
    {
        string spelled = Spell(WireWords.ToWire(status).Replace("_", separator, StringComparison.Ordinal), upper);
        Assert.Equal((status, status.ToString()), WireWords.Status(spelled));
        Assert.Equal(status is not ServiceRequestStatus.Unknown, WireWords.Status(((int)status).ToString(CultureInfo.InvariantCulture)) == (status, status.ToString()) && status >= 0);
        Assert.True(WireWords.AreSameStatus(spelled, status.ToString()));
    }, iter: Mutations.Tries);

    [Fact]
    public void Any_other_word_stays_as_it_is_and_means_nothing() => Gen.String.Sample(word =>
    {
        (ServiceRequestStatus status, string text) = WireWords.Status(word);
        Assert.True(status is not ServiceRequestStatus.Unknown || text == word || text == nameof(ServiceRequestStatus.Unknown));
        (ServiceRequestSeverity severity, string shown) = WireWords.Severity(word);
        Assert.True(severity is not ServiceRequestSeverity.Unknown || shown == word || shown == nameof(ServiceRequestSeverity.Unknown));
    }, iter: Mutations.Tries);

    [Fact]
    public void A_date_is_one_instant_in_whatever_form() => Gen.Select(Gen.Long[new DateTime(2, 1, 2).Ticks / 10000, new DateTime(9999, 12, 30).Ticks / 10000], Gen.Int[-14 * 60, 14 * 60]).Sample((milliseconds, offset) =>
    {
        DateTimeOffset date = new(milliseconds * 10000, TimeSpan.Zero);
        const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff";
        Assert.Equal(date, WireDate.Parse(date.ToString(Form + "'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal(date, WireDate.Parse(date.ToString(Form, CultureInfo.InvariantCulture)));
        Assert.Equal(date, WireDate.Parse(date.ToOffset(TimeSpan.FromMinutes(offset)).ToString(Form + "zzz", CultureInfo.InvariantCulture)));
    }, iter: Mutations.Tries);

    [Fact]
    public void An_id_is_the_same_in_its_armour_and_nothing_else_is_one() => Gen.Select(Gen.Long[1, 9_999_999_999], Gen.Int[0, 7], Gen.Char["\u200B\uFEFF\u202A\u202C"]).Sample((number, form, invisible) =>
    {
        string id = number.ToString(CultureInfo.InvariantCulture);
        string armoured = form switch
        {
            0 => $"=\"{id}\"",
            1 => "'" + id,
            2 => id + ".0",
            3 => id + ",00",
            4 => invisible + id + invisible,
            5 => "  " + id + "\t",
            6 => invisible + "=\"" + id + "\"",
            _ => id,
        };
        Assert.Equal(id, UpdateValidator.Id(armoured));
        Assert.Throws<PartnerCenterException>(() => UpdateValidator.Id(id + ".000"));
        Assert.Throws<PartnerCenterException>(() => UpdateValidator.Id(id + "x"));
    }, iter: Mutations.Tries);

    [Fact]
    public void Whatever_is_taken_for_an_id_is_one_already() => Mutations.Text("616122292874576", "1-2345678901234", "3b33e682-00c3-41ee-9dd2-a548adf56438", "=\"616122292874576\"").Sample(text =>
    {
        try
        {
            string id = UpdateValidator.Id(text);
            Assert.Equal(id, UpdateValidator.Id(id));
            Assert.All(id, c => Assert.True(char.IsAsciiHexDigit(c) || c == '-'));
        }
        catch (PartnerCenterException error)
        {
            Assert.Contains(error.ErrorId, new[] { ErrorIds.InvalidId, ErrorIds.MangledId });
        }
    }, iter: Mutations.Tries);

    [Fact]
    public void A_note_is_the_same_whatever_a_service_does_to_its_text() => Gen.Select(Texts.Words, Gen.Int[0, 5]).Sample((text, form) =>
    {
        string rewritten = form switch
        {
            0 => WebUtility.HtmlEncode(text),
            1 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
            2 => text.Replace(" ", "  ", StringComparison.Ordinal),
            3 => text.Normalize(NormalizationForm.FormD),
            4 => "\t" + text + "\n",
            _ => text.Replace(" ", "\u00A0", StringComparison.Ordinal),
        };
        Assert.True(NoteText.IsSame(text, rewritten));
        Assert.True(NoteText.IsSame(rewritten, text));
        Assert.Equal(NoteText.Hash(text), NoteText.Hash(rewritten));
    }, iter: Mutations.Tries);

    [Fact]
    public void Notes_that_differ_in_a_letter_are_not_the_same() => Gen.Select(Texts.Words, Texts.Words).Sample((one, other) =>
    {
        static string Letters(string text) => new([.. text.Normalize(NormalizationForm.FormC).Where(c => !char.IsWhiteSpace(c))]);
        if (Letters(one) != Letters(other))
        {
            Assert.False(NoteText.IsSame(one, other));
        }
    }, iter: Mutations.Tries);

    [Fact]
    public void A_pause_is_never_negative_and_says_what_was_said() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[-100_000, 100_000]).Sample((seconds, ahead) =>
    {
        DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)), null, now, null));
        Assert.Equal(TimeSpan.FromSeconds(Math.Max(0, ahead)), RetryAfter.Read(new RetryConditionHeaderValue(now.AddSeconds(ahead)), now, now.AddYears(-1), null));
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(null, null, now, $"Rate limit is exceeded. Try again in {seconds} seconds."));
    }, iter: Mutations.Tries);

    [Fact]
    public void A_header_is_known_in_whatever_writing() => Gen.Select(Gen.Int[0, UpdateColumn.All.Count - 1], Gen.Int[0, 2], Separators, Gen.Bool.Array[30]).Sample((column, name, separator, upper) =>
    {
        string known = UpdateColumn.All[column].Names[Math.Min(name, UpdateColumn.All[column].Names.Count - 1)];
        string written = Spell(string.Concat(known.Select((c, i) => i > 0 && char.IsUpper(c) ? separator + c : c.ToString())), upper);
        Assert.True(Headers.AreSame(known, written));
        Assert.True(Headers.AreSame(written, known));
        Assert.False(Headers.AreSame(known, written + "x"));
    }, iter: Mutations.Tries);

    [Fact]
    public void An_offset_stands_once_in_an_address_and_leaves_the_rest() => Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, 1000], Gen.String[Gen.Char.AlphaNumeric, 0, 5]).Sample((offset, before, value) =>
    {
        Uri next = NextLink.WithOffset(new($"https://api.example/v1/servicerequests?size=5&offset={before}&Field=Status&Value={value}&OFFSET=3"), offset);
        string[] parts = next.Query.TrimStart('?').Split('&');
        Assert.Equal(["size=5", "Field=Status", "Value=" + value, "offset=" + offset.ToString(CultureInfo.InvariantCulture)], parts);
    }, iter: Mutations.Tries);

    private static string Spell(string text, bool[] upper) => string.Concat(text.Select((c, i) => upper[i % upper.Length] ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
