using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Output;

namespace PartnerCenterSR.Input;

/// <summary>PowerShell's paths, made those of files, with PowerShell's own errors.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path with wildcards means; there is at least one. Ends the command where there is none, or they are no files.</summary>
    public static IReadOnlyList<string> Matching(PSCmdlet cmdlet, string path)
    {
        try
        {
            ICollection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            RequireFiles(cmdlet, provider, path);
            if (found.Count == 0)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path));
            }

            foreach (string file in found)
            {
                FileKinds.RequireRegular(cmdlet, file);
            }

            return [.. found];
        }
        catch (System.Exception error) when (error is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path, error));
            throw;
        }
    }

    /// <summary>The one file that a path with wildcards means.</summary>
    public static string Single(PSCmdlet cmdlet, string path)
    {
        IReadOnlyList<string> found = Matching(cmdlet, path);
        if (found.Count > 1)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.SeveralFiles(path, found.Count));
        }

        return found.Single();
    }

    /// <summary>The file that a path names as it is written. Whether it is there is not asked.</summary>
    public static string Literal(PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            RequireFiles(cmdlet, provider, path);
            FileKinds.RequireRegular(cmdlet, file);
            return file;
        }
        catch (System.Exception error) when (error is DriveNotFoundException or ProviderNotFoundException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path, error));
            throw;
        }
    }

    /// <summary>The same, where the file must be there.</summary>
    public static string LiteralExisting(PSCmdlet cmdlet, string path)
    {
        string file = Literal(cmdlet, path);
        if (!System.IO.File.Exists(file) && !System.IO.Directory.Exists(file))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(path));
        }

        return file;
    }

    private static void RequireFiles(PSCmdlet cmdlet, ProviderInfo provider, string path)
    {
        if (provider.Name != FileSystem)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotAFile(path, provider.Name));
        }
    }
}
