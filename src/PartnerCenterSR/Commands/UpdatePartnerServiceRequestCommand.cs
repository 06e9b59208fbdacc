using System.Collections.Generic;
using System.Management.Automation;
using PartnerCenterSR.Completion;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Input;
using PartnerCenterSR.Output;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Commands;

/// <summary>Adds notes to service requests and changes their state: one, piped ones, or those of a CSV file.</summary>
[Cmdlet(VerbsData.Update, "PartnerServiceRequest", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = Online.Help + "Update-PartnerServiceRequest.md")]
[Alias("Set-PartnerServiceRequest")]
[OutputType(typeof(ServiceRequest))]
public sealed class UpdatePartnerServiceRequestCommand : ConnectedCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private UpdateRun? _run;
    private RowWishes? _asked;
    private long _row;
    private bool _isForeignTold;

    /// <summary>A service request as <c>Get-PartnerServiceRequest</c> gives it. What it says of itself is not sent.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ServiceRequest? InputObject { get; set; }

    /// <summary>The numbers of the requests.</summary>
    [Parameter(ParameterSetName = IdSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceRequestId", "RequestId")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [AllowNull]
    [ArgumentCompleter(typeof(ServiceRequestIdCompleter))]
    public object?[]? Id { get; set; }

    /// <summary>A piped row as it came, so that what the binder cannot bind is not lost.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>The note to add. Empty: none.</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = IdSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("NewNote", "AddNote")]
    [AllowEmptyString]
    [AllowNull]
    public object? Note { get; set; }

    /// <summary>The state to set: Open, Closed or AttentionNeeded. Empty: none.</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = IdSet, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public object? Status { get; set; }

    /// <summary>The customer through whom the update goes. Empty: the partner's own scope.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("TenantId", "CustomerTenantId")]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public object? CustomerId { get; set; }

    /// <summary>A CSV file with the columns Id, Note, Status, CustomerId.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The same, its name taken as it is.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>What stands between the cells of the file. Left out: it is told by the header.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public char Delimiter { get; set; }

    /// <summary>The encoding of a file that does not tell its own: a name, "ansi", or a code page's number. Left out: UTF-8, or else the code page of the culture.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNull]
    public object? Encoding { get; set; }

    /// <summary>The severity to set on every request.</summary>
    [Parameter]
    [ValidateSet("Critical", "Moderate", "Minimal")]
    public ServiceRequestSeverity Severity { get; set; }

    /// <summary>The title to set on every request.</summary>
    [Parameter]
    public object? Title { get; set; }

    /// <summary>The description to set on every request.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Description { get; set; }

    /// <summary>How many updates may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The journal, which makes a run safe to repeat.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether each request is read first, and nothing is sent that it has already.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>Whether no requests are written, and none is read for it.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() =>
    {
        // Only what stands on the command line is bound by now: an impossible state there is one mistake, not one a row.
        _asked = new(Id, MyInvocation.ExpectingInput, Note, Status, CustomerId, Title, Description, MyInvocation.BoundParameters.ContainsKey(nameof(Severity)) ? Severity : null);
        UpdateWishes wishes = new(ThrottleLimit) { SkipUnchanged = SkipUnchanged, IsQuiet = Quiet };
        string? journal = JournalPath is null ? null : FilePaths.Literal(this, JournalPath);
        FileKinds.RequireOwn(this, journal);
        _run = new(this, Dispatcher, Session, wishes, journal, CommandOptions);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ProcessFile(FilePaths.Single(this, Path!));
                break;
            case LiteralPathSet:
                ProcessFile(FilePaths.LiteralExisting(this, LiteralPath!));
                break;
            case InputObjectSet:
                ProcessRow(PSObject.AsPSObject(InputObject!));
                break;
            default:
                ProcessRow(Row);
                break;
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() => _run!.Finish());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Waits a moment for results.</summary>
    internal void WaitForResults() => WaitForNews();

    /// <summary>Whether all of its input is one file, whose rows are counted.</summary>
    internal bool HasOneFile => ParameterSetName is PathSet or LiteralPathSet;

    private protected override void OnNews() => _run?.ShowProgress();

    private void ProcessRow(PSObject? row)
    {
        if (row?.BaseObject is System.IO.FileInfo file)
        {
            FileKinds.RequireRegular(this, file.FullName);
            ProcessFile(file.FullName);
            return;
        }

        if (row is not null && Identity.Several(row) is { } rows)
        {
            // A list piped as one: each has its own cells, and is $_ to a script block.
            rows.ForEach(ProcessRow);
            return;
        }

        IReadOnlyList<Identity> identities;
        try
        {
            identities = _asked!.Identities(row);
            if (!_asked.HasStatus && !_isForeignTold && row is not null && RowCells.LeavesStatusOut(row))
            {
                _isForeignTold = true;
                WriteWarning(Messages.ForeignRequest);
            }
        }
        catch (PartnerCenterException error) when (row is not null && error.ErrorId is ErrorIds.InvalidId or ErrorIds.MangledId or ErrorIds.InvalidStatus)
        {
            _row++;
            Refuse(error, row, null);
            return;
        }

        foreach (Identity identity in identities)
        {
            string? location = ++_row > 0 && row is not null ? Messages.Row.With(_row) : null;
            try
            {
                _run!.Add(UpdateValidator.Validate(_asked.Read(row, identity, new(_row, location, (object?)row ?? identity.Id)), _asked.Beside(row)));
            }
            catch (PartnerCenterException error) when (error.ErrorId is ErrorIds.InvalidId or ErrorIds.MangledId or ErrorIds.InvalidStatus or ErrorIds.InvalidNote or ErrorIds.NothingToUpdate)
            {
                Refuse(error, row, identity.Id);
            }
        }
    }

    private void Refuse(PartnerCenterException error, PSObject? row, string? id) =>
        _run!.Refuse(error.At(row is null ? null : Messages.Row.With(_row)), _row, id, (object?)row ?? id);

    private void ProcessFile(string path)
    {
        CsvOptions how = new(
            MyInvocation.BoundParameters.ContainsKey(nameof(Delimiter)) ? Delimiter : null,
            FileEncoding.Of(Encoding),
            _asked!.NoteForAll,
            _asked.StatusForAll,
            _asked.CustomerForAll);
        using UpdateFile file = UpdateFiles.OpenChecked(this, path, how, _asked.ForAll, _row, () => Cancellation.IsCancellationRequested);
        _run!.Expect(file.Count);
        foreach (ServiceRequestUpdate update in file.Updates())
        {
            _row = update.Row;
            _run.Add(update, isOfFile: true);
        }
    }
}
