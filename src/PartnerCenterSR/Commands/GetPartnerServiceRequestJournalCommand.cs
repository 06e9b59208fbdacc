using System;
using System.IO;
using System.Management.Automation;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Input;
using PartnerCenterSR.Output;

namespace PartnerCenterSR.Commands;

/// <summary>Reads a journal: one object an update. It may be read while a run writes it.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerServiceRequestJournal", DefaultParameterSetName = PathSet, HelpUri = Online.Help + "Get-PartnerServiceRequestJournal.md")]
[OutputType(typeof(JournalEntry))]
public sealed class GetPartnerServiceRequestJournalCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The journals, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The journals, their names taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in LiteralPath)
        {
            Write(FilePaths.LiteralExisting(this, path));
        }

        foreach (string path in Path)
        {
            foreach (string file in FilePaths.Matching(this, path))
            {
                Write(file);
            }
        }
    }

    private void Write(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            foreach (JournalRecord record in JournalReader.ReadRecords(stream, file))
            {
                WriteObject(record.ToEntry());
            }
        }
        catch (PartnerCenterException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.FileOpenFailure(file, error));
        }
    }
}
