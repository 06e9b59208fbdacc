using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Http;

/// <summary>Where the next page is, however the service writes it.</summary>
internal static class NextLink
{
    private static readonly Regex Slashes = new("/{2,}", RegexOptions.CultureInvariant);

    /// <exception cref="PartnerCenterException">The link leads to another origin: the token must not go there.</exception>
    public static Uri Resolve(Uri endpoint, Uri current, string link)
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

        string root = endpoint.AbsolutePath.TrimEnd('/');
        string path = Slashes.Replace(absolute.AbsolutePath, "/");
        path = path.StartsWith(root + "/v1/", StringComparison.OrdinalIgnoreCase) ? path : $"{root}/v1{(root.Length > 0 && path.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? path.Substring(root.Length) : WithoutVersion(path))}";
        return new Uri(endpoint, path + absolute.Query);
    }

    public static Uri WithOffset(Uri current, long offset)
    {
        string query = string.Join("&", current.Query.TrimStart('?').Split('&')
            .Where(part => part.Length > 0 && !part.StartsWith("offset=", StringComparison.OrdinalIgnoreCase))
            .Concat(["offset=" + offset.ToString(CultureInfo.InvariantCulture)]));
        return new UriBuilder(current) { Query = query }.Uri;
    }

    private static string WithoutVersion(string path) =>
        path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase) ? path.Substring(3) : path;
}
