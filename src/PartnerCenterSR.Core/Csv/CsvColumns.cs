using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Csv;

/// <summary>Where in a file the columns of an update are; the parameters' aliases serve as headers too.</summary>
internal sealed class CsvColumns
{
    private const string OwnStatusHeader = "StatusText";
    private const string OwnNoteHeader = "NewNote";
    private static readonly string[] JournalHeaders = ["Outcome", "CorrelationId", "StartedAt"];
    private static readonly HashSet<string> RequestHeaders = HeadersOf(typeof(ServiceRequest));
    private static readonly HashSet<string> JournalsHeaders = HeadersOf(typeof(JournalEntry));

    private readonly string[] _header;

    private CsvColumns(string[] header)
    {
        _header = header;
        OwnStatus = _header.Contains(OwnStatusHeader, StringComparer.OrdinalIgnoreCase) ? Find([OwnStatusHeader]) : null;
        IsJournal = JournalHeaders.All(name => Find([name]) is not null);
        IsExport = OwnStatus is not null || IsJournal;
        OwnNote = IsExport && !IsJournal ? Find([OwnNoteHeader]) : null;
        Id = Find(UpdateColumn.Id.Names);

        // A request's own new note, in an export of ours, is none.
        Note = Find(IsExport ? [.. UpdateColumn.Note.Names.Where(name => name != OwnNoteHeader)] : UpdateColumn.Note.Names);
        Status = Find(UpdateColumn.Status.Names);
        CustomerId = Find(UpdateColumn.CustomerId.Names);
        if (IsJournal)
        {
            (Severity, Title, Description) = (Find([nameof(Severity)]), Find([nameof(Title)]), Find([nameof(Description)]));
        }
    }

    public int Count => _header.Length;

    public int? Id { get; }

    public int? Note { get; }

    public int? Status { get; }

    public int? CustomerId { get; }

    /// <summary>The status that the request had when it was exported. Null: it is no export of ours.</summary>
    public int? OwnStatus { get; }

    /// <summary>Where an export of ours has the request's own new note. Null: it is none.</summary>
    public int? OwnNote { get; }

    /// <summary>What an export of a journal asks for beside. Null: it is none.</summary>
    public int? Severity { get; }

    public int? Title { get; }

    public int? Description { get; }

    /// <summary>Whether it is an export of a journal.</summary>
    public bool IsJournal { get; }

    /// <summary>Whether it is an export of ours, of requests or of a journal: their many columns are known, and names have their order.</summary>
    public bool IsExport { get; }

    /// <summary>How many of the columns of an update a header has.</summary>
    public int Known => Used.Count();

    /// <summary>The headers of what is not used, but for those that an export of ours has.</summary>
    public IReadOnlyList<string> Unused => [.. _header.Where((name, index) => name.Length > 0 && !Used.Contains(index) && !IsOwn(name))];

    private IEnumerable<int> Used => new[] { Id, Note, Status, CustomerId, OwnStatus }.OfType<int>();

    /// <exception cref="PartnerCenterException">Two columns are for one thing.</exception>
    public static CsvColumns Read(IEnumerable<string> header) => new([.. header.Select(cell => cell.Trim())]);

    /// <exception cref="PartnerCenterException">A column nearly has the name of one that would be used.</exception>
    public void RequireNoneNearly()
    {
        foreach (string unused in Unused)
        {
            if (LikelyColumns.Meant(unused) is { } meant)
            {
                throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvNearly.With(unused, meant.Name));
            }
        }
    }

    private static HashSet<string> HeadersOf(Type type) => new(type.GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a column that such an export of ours has.</summary>
    private bool IsOwn(string header) => IsExport && (IsJournal ? JournalsHeaders : RequestHeaders).Contains(header);

    private int? Find(IReadOnlyList<string> names)
    {
        int[] found = [.. Enumerable.Range(0, _header.Length).Where(i => names.Any(name => Headers.AreSame(_header[i], name)) && (Headers.AreSame(_header[i], names[0]) || !IsOwn(_header[i])))];
        return found.Length <= 1 ? found.Select(at => (int?)at).FirstOrDefault()
            : Headers.AreSame(_header[found[0]], _header[found[1]]) ? throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvColumnTwice.With(_header[found[0]]))
            : throw new PartnerCenterException(ErrorIds.InvalidCsv, Messages.CsvTwoForOne.With(_header[found[0]], _header[found[1]]));
    }
}
