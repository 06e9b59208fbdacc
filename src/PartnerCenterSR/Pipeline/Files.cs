using System.Collections.Generic;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Pipeline;

/// <summary>PowerShell's paths, made those of files.</summary>
internal static class Files
{
    /// <summary>The existing files that a path with wildcards means. What is not there is a non-terminating error.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path)
    {
        ICollection<string> found;
        try
        {
            found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (provider.Name != "FileSystem")
            {
                throw new PSNotSupportedException(Messages.NotAFilePath.With(path));
            }
        }
        catch (ItemNotFoundException error)
        {
            cmdlet.WriteError(new(error, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            return [];
        }

        return found;
    }

    /// <summary>The one existing file that a path means.</summary>
    /// <exception cref="PartnerCenterException">There is none, or there are several.</exception>
    public static string One(PSCmdlet cmdlet, string path, bool literal, string errorId)
    {
        if (literal)
        {
            return cmdlet.GetUnresolvedProviderPathFromPSPath(path);
        }

        try
        {
            ICollection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
            if (found.Count == 1)
            {
                foreach (string single in found)
                {
                    return single;
                }
            }

            throw new PartnerCenterException(errorId, Messages.NotOneFile.With(path, found.Count));
        }
        catch (ItemNotFoundException error)
        {
            throw new PartnerCenterException(errorId, Messages.FileNotFound.With(path), error);
        }
    }
}
