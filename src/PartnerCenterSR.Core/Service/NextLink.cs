using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Service;

/// <summary>Where the next page is, however the service writes it.</summary>
internal static class NextLink
{
    private const string Version = "/v1";
    private const int LongestLink = 8192;

    private static readonly Regex Slashes = new("/{2,}", RegexOptions.CultureInvariant);

    /// <exception cref="PartnerCenterException">The link leads to another origin: the token must not go there.</exception>
    public static Uri Resolve(Uri endpoint, Uri current, string link)
    {
        try
        {
            return link.Length <= LongestLink ? Read(endpoint, current, link) : throw new UriFormatException();
        }
        catch (Exception error) when (error is UriFormatException or IndexOutOfRangeException)
        {
            // The latter is .NET's own for some links with many slashes.
            throw new PartnerCenterException(ErrorIds.MalformedResponse, Messages.BadLink, error);
        }
    }

    private static Uri Read(Uri endpoint, Uri current, string link)
    {
        string text = link.Trim();
        if (text.StartsWith("?", StringComparison.Ordinal))
        {
            text = current.AbsolutePath + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? absolute) || absolute.Scheme == Uri.UriSchemeFile)
        {
            // "//host/path" would name another host; here it is a slash too many.
            absolute = new Uri(endpoint, "/" + text.TrimStart('/'));
        }

        if (!string.Equals(absolute.GetLeftPart(UriPartial.Authority), endpoint.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
        {
            throw new PartnerCenterException(ErrorIds.MalformedResponse, Messages.ForeignLink.With(absolute.Authority, endpoint.Authority));
        }

        // The path may have the version once, twice, or not at all.
        string root = endpoint.AbsolutePath.TrimEnd('/');
        string path = Slashes.Replace(absolute.AbsolutePath, "/");
        path = root.Length > 0 && path.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase) ? path.Substring(root.Length) : path;
        while (path.StartsWith(Version + "/", StringComparison.OrdinalIgnoreCase))
        {
            path = path.Substring(Version.Length);
        }

        return new Uri(endpoint, root + Version + path + absolute.Query);
    }

    public static Uri WithOffset(Uri current, long offset)
    {
        string query = string.Join("&", current.Query.TrimStart('?').Split('&')
            .Where(part => part.Length > 0 && !part.StartsWith("offset=", StringComparison.OrdinalIgnoreCase))
            .Concat(["offset=" + offset.ToString(CultureInfo.InvariantCulture)]));
        return new UriBuilder(current) { Query = query }.Uri;
    }
}
