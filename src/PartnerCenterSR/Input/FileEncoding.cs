using System.Management.Automation;
using System.Text;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>-Encoding, as Import-Csv has it.</summary>
internal static class FileEncoding
{
    /// <param name="given">A name, a code page's number, or an encoding. Null: none was given.</param>
    /// <exception cref="PartnerCenterException">There is no such encoding.</exception>
    public static Encoding? Of(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        null => null,
        Encoding encoding => encoding,
        { } other => CodePages.Get(other.ToString()!) ?? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.EncodingUnknown.With(other.ToString())),
    };
}
