using System.Globalization;
using System.Net;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What the browser shows at the end: that it may be closed. Nothing that came from outside is on it.</summary>
internal static class LastPage
{
    /// <summary>No script, and nothing from elsewhere.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    private const string Page = """
        <!DOCTYPE html>
        <html lang="{0}">
        <head>
        <meta charset="utf-8">
        <title>{1}</title>
        <style>body {{ font: 1.1em system-ui, sans-serif; max-width: 34em; margin: 4em auto; padding: 0 1em; color-scheme: light dark; }}</style>
        </head>
        <body>
        <h1>{1}</h1>
        <p>{2}</p>
        </body>
        </html>
        """;

    public static string Write(bool succeeded) => string.Format(
        CultureInfo.InvariantCulture,
        Page,
        Messages.PageLanguage,
        WebUtility.HtmlEncode(succeeded ? Messages.PageDone : Messages.PageFailed),
        WebUtility.HtmlEncode(succeeded ? Messages.PageDoneText : Messages.PageFailedText));
}
