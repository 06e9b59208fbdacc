using System.Globalization;
using System.Linq;

namespace PartnerCenterSR.Resources;

/// <summary>Fills the blanks of a message. What is filled in may come from anywhere: it is made safe to show here.</summary>
internal static class MessageFormat
{
    public static string With(this string message, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, message, [.. values.Select(value => value is string text ? SafeText.Argument(text) : value)]);
}
