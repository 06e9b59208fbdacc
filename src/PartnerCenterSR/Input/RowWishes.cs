using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Core;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>What is asked for each row: what stands on the command line comes before what stands in its cells.</summary>
internal sealed class RowWishes
{
    private const int LongestTitle = 255;
    private readonly ServiceRequestChanges _common;
    private readonly object?[]? _ids;

    /// <exception cref="PartnerCenterException">What stands there for all rows is impossible for each.</exception>
    public RowWishes(object?[]? ids, bool isPiped, object? note, object? status, object? customerId, object? title, object? description, ServiceRequestSeverity? severity)
    {
        _ids = ids;
        if (isPiped && ids?.All(IsScript) == false)
        {
            throw new PartnerCenterException(ErrorIds.InvalidId, Messages.IdBesideInput.With(string.Join(", ", ids))) { RecommendedAction = Messages.IdBesideInputAction };
        }

        (Note, Status, CustomerId, Title, Description) = (note, status, customerId, title, description);
        _common = new() { Severity = severity };
        if (!IsScript(title) && !IsScript(description))
        {
            _common = WithTexts(_common, null);
        }

        if (!IsScript(status))
        {
            UpdateValidator.Status(RowCells.Word(status, ErrorIds.InvalidStatus, nameof(Status)));
        }
    }

    /// <summary>What changes on every row of a file beside its own.</summary>
    /// <exception cref="PartnerCenterException">A script block has no row to be asked for.</exception>
    public ServiceRequestChanges ForAll => WithTexts(_common, null);

    public string? NoteForAll => RowCells.Note(RowScript.Ask(Note, null, nameof(Note)));

    public string? StatusForAll => RowCells.Word(RowScript.Ask(Status, null, nameof(Status)), ErrorIds.InvalidStatus, nameof(Status));

    public string? CustomerForAll => RowCells.Word(CustomerId, ErrorIds.InvalidId, nameof(CustomerId));

    public bool HasStatus => Status is not null;

    private object? Note { get; }

    private object? Status { get; }

    private object? CustomerId { get; }

    private object? Title { get; }

    private object? Description { get; }

    /// <summary>The requests that a row stands for, or those named on the command line.</summary>
    /// <exception cref="PartnerCenterException">It cannot be told.</exception>
    public IReadOnlyList<Identity> Identities(PSObject? row) => [.. row is null ? (_ids ?? [string.Empty]).SelectMany(id => Identity.Of(RowScript.Ask(id, null, UpdateColumn.Id.Name)))
        : _ids is not { Length: > 0 } ? Identity.Of(row) : _ids.SelectMany(id => Identity.Of(RowScript.Ask(id, row, UpdateColumn.Id.Name)))];

    /// <param name="row">The row. Null: none was piped.</param>
    /// <param name="identity">For which request it stands.</param>
    /// <param name="input">What is to be completed.</param>
    /// <exception cref="PartnerCenterException">A cell, or what a script block gives, cannot be what it stands for.</exception>
    public UpdateInput Read(PSObject? row, Identity identity, UpdateInput input) => (row is not null && RowCells.IsJournalEntry(row) ? RowCells.Beside(row, input) : input) with
    {
        Id = identity.Id,
        CustomerId = RowCells.Word(CustomerId, ErrorIds.InvalidId, nameof(CustomerId)) ?? (row is null ? identity.CustomerId : RowCells.CustomerId(row) ?? identity.CustomerId),
        Note = Note is not null ? RowCells.Note(RowScript.Ask(Note, row, nameof(Note))) : row is null ? null : RowCells.Note(row),
        Status = Status is not null ? RowCells.Word(RowScript.Ask(Status, row, nameof(Status)), ErrorIds.InvalidStatus, nameof(Status)) : row is null ? null : RowCells.Status(row),
    };

    /// <summary>What changes on a request beside its note and status.</summary>
    public ServiceRequestChanges Beside(PSObject? row) => WithTexts(_common, row);

    private ServiceRequestChanges WithTexts(ServiceRequestChanges changes, PSObject? row)
    {
        string? title = Text(Title, row, nameof(Title)) ?? changes.Title;
        return title is null or { Length: > 0 and <= LongestTitle }
            ? changes with { Title = title, Description = Text(Description, row, nameof(Description)) ?? changes.Description }
            : throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.TitleLength.With(title.Length));
    }

    /// <summary>What a block gives is a cell: a blank one is no change.</summary>
    private static string? Text(object? given, PSObject? row, string parameter)
    {
        string? text = RowCells.Note(RowScript.Ask(given, row, parameter));
        return string.IsNullOrWhiteSpace(text) ? IsScript(given) ? null : text : UpdateValidator.Text(text!);
    }

    public static bool IsScript(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) is ScriptBlock;
}
