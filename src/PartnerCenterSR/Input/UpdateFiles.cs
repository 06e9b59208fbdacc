using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Output;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>Opens files of updates, and refuses them whole when a row is bad.</summary>
internal static class UpdateFiles
{
    /// <param name="cmdlet">The command.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is to be read, and what its rows get beside.</param>
    /// <param name="common">What changes on every request.</param>
    /// <param name="rowsBefore">How many rows the command has had.</param>
    /// <param name="stopping">Whether the command is being stopped.</param>
    /// <summary>Ends the command where rows are bad: one error tells of all of them, and has them as its target.</summary>
    /// <exception cref="PartnerCenterException">The file cannot be read as updates.</exception>
    public static UpdateFile OpenChecked(PSCmdlet cmdlet, string path, CsvOptions options, ServiceRequestChanges common, long rowsBefore, Func<bool> stopping)
    {
        UpdateFile file;
        try
        {
            file = new(path, options, common, rowsBefore);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.FileOpenFailure(path, error));
            throw;
        }

        try
        {
            IReadOnlyList<(CsvRow Row, PartnerCenterException Error)> bad = file.Check(stopping);
            if (stopping())
            {
                throw new PipelineStoppedException();
            }

            if (bad.Count > 0)
            {
                string reasons = string.Join(Environment.NewLine, bad.Select(row => row.Error.Message));
                PartnerCenterException refusal = new(
                    ErrorIds.InvalidCsv, Messages.BadRows.With(bad.Count, file.Count, path) + Environment.NewLine + reasons);
                cmdlet.ThrowTerminatingError(ErrorRecords.From(refusal, bad.Select(row => Describe(row.Row, row.Error)).ToArray()));
            }

            foreach (string warning in file.Warnings)
            {
                cmdlet.WriteWarning(warning);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static PSObject Describe(CsvRow row, PartnerCenterException error)
    {
        PSObject described = PipedRow.Create(row.Line, row.Input?.Id, row.Input?.Note, row.Input?.Status, row.Input?.CustomerId);
        described.Properties.Add(new PSNoteProperty("ErrorId", error.ErrorId));
        described.Properties.Add(new PSNoteProperty("Reason", error.Message));
        return described;
    }
}
