using System.Globalization;

namespace PartnerCenterSR.Resources;

/// <summary>Fills the blanks of a message.</summary>
internal static class MessageFormat
{
    public static string With(this string message, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, message, values);
}
