namespace PartnerCenterSR.Core;

/// <summary>Notes are the same when a service may have made one of the other: line ends and outer blanks do not count.</summary>
internal static class NoteText
{
    public static string Normalize(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Trim();
}
