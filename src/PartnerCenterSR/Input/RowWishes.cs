using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>What is asked for each row: what stands on the command line comes before what stands in its cells.</summary>
internal sealed class RowWishes
{
    private const int LongestTitle = 255;
    private readonly ServiceRequestChanges _common;

    /// <exception cref="PartnerCenterException">What stands there for all rows is impossible for each.</exception>
    public RowWishes(object? note, object? status, object? customerId, object? title, object? description, ServiceRequestSeverity? severity)
    {
        (Note, Status, CustomerId, Title, Description) = (note, status, customerId, title, description);
        _common = new() { Severity = severity };
        if (title is not ScriptBlock && description is not ScriptBlock)
        {
            _common = WithTexts(_common, null);
        }

        if (status is not ScriptBlock)
        {
            UpdateValidator.Status(RowCells.Word(status, ErrorIds.InvalidStatus, nameof(Status)));
        }
    }

    /// <summary>What changes on every request beside its own.</summary>
    public ServiceRequestChanges ForAll => _common;

    public string? NoteForAll => RowCells.Note(RowScript.Ask(Note, null, nameof(Note)));

    public string? StatusForAll => RowCells.Word(RowScript.Ask(Status, null, nameof(Status)), ErrorIds.InvalidStatus, nameof(Status));

    private object? Note { get; }

    private object? Status { get; }

    private object? CustomerId { get; }

    private object? Title { get; }

    private object? Description { get; }

    /// <param name="row">The row. Null: none was piped.</param>
    /// <param name="identity">For which request it stands.</param>
    /// <param name="input">What is to be completed.</param>
    /// <exception cref="PartnerCenterException">A cell, or what a script block gives, cannot be what it stands for.</exception>
    public UpdateInput Read(PSObject? row, Identity identity, UpdateInput input) => input with
    {
        Id = identity.Id,
        CustomerId = RowCells.Word(CustomerId, ErrorIds.InvalidId, nameof(CustomerId)) ?? (row is null ? identity.CustomerId : RowCells.CustomerId(row) ?? identity.CustomerId),
        Note = Note is not null ? RowCells.Note(RowScript.Ask(Note, row, nameof(Note))) : row is null ? null : RowCells.Note(row),
        Status = Status is not null ? RowCells.Word(RowScript.Ask(Status, row, nameof(Status)), ErrorIds.InvalidStatus, nameof(Status)) : row is null ? null : RowCells.Status(row),
    };

    /// <summary>What changes on a request beside its note and status. An entry of a journal asks for all that it asked for.</summary>
    public ServiceRequestChanges Beside(PSObject? row) => WithTexts(
        row?.BaseObject is JournalEntry entry
            ? _common with { Severity = _common.Severity ?? entry.Severity, Title = _common.Title ?? entry.Title, Description = _common.Description ?? entry.Description }
            : _common,
        row);

    private ServiceRequestChanges WithTexts(ServiceRequestChanges changes, PSObject? row)
    {
        string? title = RowCells.Note(RowScript.Ask(Title, row, nameof(Title))) ?? changes.Title;
        return title is null or { Length: > 0 and <= LongestTitle }
            ? changes with { Title = title, Description = RowCells.Note(RowScript.Ask(Description, row, nameof(Description))) ?? changes.Description }
            : throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.TitleLength.With(title.Length));
    }
}
