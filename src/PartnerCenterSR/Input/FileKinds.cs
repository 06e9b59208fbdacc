using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Output;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>
/// What stands behind a path, as PowerShell's own provider tells it: a pipe or a device would hold a command for ever, and what belongs
/// to another user is not to be trusted. On Windows the provider tells nothing of this, and access lists decide.
/// </summary>
internal static class FileKinds
{
    private const string SuperUser = "root";
    private const int MostLinks = 40;

    /// <summary>Ends the command where it is there and no file of the ordinary kind. A folder is left to whoever opens it.</summary>
    public static void RequireRegular(PSCmdlet cmdlet, string file)
    {
        PSObject? item = Find(cmdlet, file);
        for (int links = 0; links < MostLinks && Kind(item) == "SymbolicLink"; links++)
        {
            item = item!.Properties["ResolvedTarget"]?.Value is string target ? Find(cmdlet, target) : null;
        }

        if (Kind(item) is { } kind and not ("File" or "Directory"))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.FileOpenFailure(file, new IOException(Messages.NotRegularFile.With(kind))));
        }
    }

    /// <exception cref="PartnerCenterException">The journal, or the link to it, is another user's.</exception>
    public static void RequireOwn(PSCmdlet cmdlet, string? journal)
    {
        PSObject? item = journal is null ? null : Find(cmdlet, journal);
        for (int links = 0; links < MostLinks && item is not null; links++)
        {
            if (Stat(item)?.Methods["GetUserName"]?.Invoke() is string owner && owner != Environment.UserName && owner != SuperUser)
            {
                throw new PartnerCenterException(ErrorIds.InvalidJournal, Messages.JournalNotOurs.With(journal, owner)) { RecommendedAction = Messages.JournalNotOursAction };
            }

            item = Kind(item) == "SymbolicLink" && item.Properties["ResolvedTarget"]?.Value is string target ? Find(cmdlet, target) : null;
        }
    }

    private static string? Kind(PSObject? item) => Stat(item)?.Properties["ItemType"]?.Value?.ToString();

    private static PSObject? Stat(PSObject? item) => item?.Properties["UnixStat"]?.Value is { } stat ? PSObject.AsPSObject(stat) : null;

    private static PSObject? Find(PSCmdlet cmdlet, string file)
    {
        try
        {
            return cmdlet.InvokeProvider.Item.Get([file], force: true, literalPath: true).FirstOrDefault();
        }
        catch (ItemNotFoundException)
        {
            return null;
        }
    }
}
