using System;
using System.Linq;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>Which column is for what, in files that people make and in exports of ours.</summary>
public sealed class CsvColumnsTests
{
    private static CsvColumns Read(string header) => CsvColumns.Read(header.Split(','));

    [Theory]
    [InlineData("Id,Note,Status,CustomerId", 0, 1, 2, 3)]
    [InlineData("service request id,add_note,STATUS,tenant-id", 0, 1, 2, 3)]
    [InlineData("RequestId,NewNote", 0, 1, null, null)]
    [InlineData("CustomerTenantId, Id ", 1, null, null, 0)]
    [InlineData("Other", null, null, null, null)]
    public void Columns_are_found_by_name_and_alias(string header, int? id, int? note, int? status, int? customer)
    {
        CsvColumns columns = Read(header);
        Assert.Equal((id, note, status, customer), (columns.Id, columns.Note, columns.Status, columns.CustomerId));
        Assert.Equal(new[] { id, note, status, customer }.Count(index => index is not null), columns.Known);
        Assert.False(columns.IsExport);
        Assert.False(columns.IsJournal);
        Assert.Null(columns.OwnNote);
        Assert.Null(columns.OwnStatus);
    }

    [Theory]
    [InlineData("Id,Note,Note", "twice")]
    [InlineData("Id,Note,note ", "twice")]
    [InlineData("Id,ServiceRequestId", "the same thing")]
    [InlineData("Id,Note,NewNote", "the same thing")]
    [InlineData("TenantId,CustomerId,Id", "the same thing")]
    public void Two_for_one_are_refused(string header, string told) =>
        Assert.Contains(told, Assert.Throws<PartnerCenterException>(() => Read(header)).Message, StringComparison.Ordinal);

    [Fact]
    public void In_an_export_of_requests_a_new_note_is_the_requests_own()
    {
        CsvColumns columns = Read("Id,Status,StatusText,NewNote,Note,Title,CountryCode,Mine");
        Assert.True(columns.IsExport);
        Assert.False(columns.IsJournal);
        Assert.Equal((2, 3, 4), (columns.OwnStatus, columns.OwnNote, columns.Note));
        Assert.Equal((null, null, null), (columns.Severity, columns.Title, columns.Description));
        Assert.Equal(["Mine"], columns.Unused);
    }

    [Fact]
    public void In_an_export_of_requests_an_added_note_goes_by_its_other_name() => Assert.Equal(2, Read("Id,StatusText,AddNote").Note);

    [Fact]
    public void An_export_of_a_journal_asks_for_all_that_it_has()
    {
        CsvColumns columns = Read("Outcome,CorrelationId,StartedAt,ServiceRequestId,Note,Status,Severity,Title,Description,CustomerId,RequestId");
        Assert.True(columns.IsJournal);
        Assert.True(columns.IsExport);
        Assert.Equal((3, 4, 5, 9), (columns.Id, columns.Note, columns.Status, columns.CustomerId));
        Assert.Equal((6, 7, 8), (columns.Severity, columns.Title, columns.Description));
        Assert.Null(columns.OwnNote);
        Assert.Empty(columns.Unused);
    }

    [Theory]
    [InlineData("Outcome,CorrelationId,Id,Severity")]
    [InlineData("Outcome,StartedAt,Id,Severity")]
    [InlineData("CorrelationId,StartedAt,Id,Severity")]
    public void A_part_of_a_journal_is_none(string header)
    {
        CsvColumns columns = Read(header);
        Assert.False(columns.IsJournal);
        Assert.Null(columns.Severity);
        Assert.Contains("Severity", columns.Unused);
    }

    [Fact]
    public void What_is_not_used_is_named_but_for_columns_without_a_name() => Assert.Equal(["Mood", "Colour"], Read("Id,Mood,,Note,Colour").Unused);

    [Theory]
    [InlineData("Id,Comment", "Note")]
    [InlineData("Id,Statut", "Status")]
    [InlineData("Id,Notte", "Note")]
    [InlineData("Id,Nte", "Note")]
    [InlineData("Id,Npte", "Note")]
    [InlineData("Id,Statuss", "Status")]
    [InlineData("Ticket,Note", "Id")]
    [InlineData("Id,Note,Kunde", "CustomerId")]
    [InlineData("Id,Note,CustomerI", "CustomerId")]
    public void A_column_that_is_nearly_known_is_refused(string header, string meant)
    {
        PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Read(header).RequireNoneNearly());
        Assert.Contains($"'{meant}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Id,Note,Mood")]
    [InlineData("Id,Note,Ix")]
    [InlineData("Id,Noteworthy")]
    [InlineData("Id,Nt")]
    [InlineData("Id,Stutuz")]
    [InlineData("Id,Nom")]
    public void Another_column_is_not(string header) => Assert.Null(Record.Exception(Read(header).RequireNoneNearly));

    [Theory]
    [InlineData("Note", "Notes,Comment,Comments,Remark,Remarks,Message,NoteText,Commentaire,Remarque,Notiz,Kommentar,Bemerkung,Nota")]
    [InlineData("Status", "State,Statut,Statuts,NewStatus,SetStatus,Zustand,Stato,Estado,Etat")]
    [InlineData("Id", "Ids,Ticket,TicketId,TicketNumber,Case,CaseId,ServiceRequest,ServiceRequestNumber,RequestNumber,Number,SR,SRId,Nummer,Numero")]
    [InlineData("CustomerId", "Customer,Tenant,Client,ClientId,CustomerTenant,Kunde,Kundennummer")]
    public void What_people_call_a_column_is_known_for_it(string meant, string headers) =>
        Assert.All(headers.Split(','), header => Assert.Equal(meant, LikelyColumns.Meant(header)?.Name));

    [Theory]
    [InlineData("Id,StatusText,NewNote")]
    [InlineData("Id,StatusText,New Note")]
    [InlineData("Id,StatusText,new_note")]
    public void In_an_export_the_requests_own_new_note_is_none_however_its_header_is_written(string header)
    {
        CsvColumns columns = Read(header);
        Assert.Equal((2, null), (columns.OwnNote, columns.Note));
    }
}
