using System;
using System.IO;
using System.Management.Automation;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Errors;
using PartnerCenterSR.Pipeline;

namespace PartnerCenterSR.Commands;

/// <summary>Reads a journal: one object an update. It may be read while a run writes it.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerServiceRequestJournal")]
[OutputType(typeof(JournalEntry))]
public sealed class GetPartnerServiceRequestJournalCommand : PSCmdlet
{
    /// <summary>The journals.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "JournalPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            foreach (string file in Files.Resolve(this, path))
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
            WriteError(new(error, "InvalidJournal", ErrorCategory.ReadError, file));
        }
    }
}
