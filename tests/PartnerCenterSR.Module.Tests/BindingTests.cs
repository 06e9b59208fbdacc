using System;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Module.Tests.Engine;
using PartnerCenterSR.Testing;
using Xunit;

namespace PartnerCenterSR.Module.Tests;

/// <summary>What is piped, and what of it is sent.</summary>
public sealed class BindingTests : IDisposable
{
    private const string Id = "616122292874576";
    private readonly TestServer _server = TestServer.Start(new() { KeepsCalls = true });
    private readonly Shell _shell;

    public BindingTests() => _shell = Shell.ConnectedTo(_server);

    private string[] Bodies => [.. _server.Calls.Where(call => call.Method == "PATCH").Select(call => call.BodyText)];

    public void Dispose()
    {
        _shell.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Piped_requests_send_the_note_and_nothing_else()
    {
        Outcome outcome = _shell.Run("Get-PartnerServiceRequest -Status Open | Update-PartnerServiceRequest -Note x").Succeeded();
        Assert.True(outcome.Output.Count > 5);
        Assert.Equal(outcome.Output.Count, Bodies.Length);
        Assert.All(Bodies, body => Assert.Equal("""{"NewNote":{"Text":"x"}}""", body));
    }

    [Fact]
    public void Deserialized_requests_do_the_same()
    {
        Outcome outcome = _shell.Run("""
            $r = Get-PartnerServiceRequest -Status Open -First 2
            $text = [System.Management.Automation.PSSerializer]::Serialize($r, 4)
            $back = [System.Management.Automation.PSSerializer]::Deserialize($text)
            if ($back[0].PSObject.TypeNames[0] -ne 'Deserialized.PartnerCenterSR.ServiceRequest') { throw 'not deserialized' }
            $back | Update-PartnerServiceRequest -Note x
            """).Succeeded();
        Assert.Equal(2, outcome.Output.Count);
        Assert.All(Bodies, body => Assert.Equal("""{"NewNote":{"Text":"x"}}""", body));
    }

    [Fact]
    public void Other_columns_of_a_row_are_not_sent()
    {
        _shell.Run("[pscustomobject]@{ Id = $args[0]; Note = 'n'; Title = 't'; Severity = 'Critical'; Description = 'd' } | Update-PartnerServiceRequest", Id).Succeeded();
        Assert.Equal(["""{"NewNote":{"Text":"n"}}"""], Bodies);
    }

    [Fact]
    public void What_the_command_line_names_is_sent_with_every_request()
    {
        _shell.Run("Update-PartnerServiceRequest $args[0] -Note 'é\"' -Status attention_needed -Severity Minimal -Title T -Description D", Id).Succeeded();
        Assert.Equal(["""{"NewNote":{"Text":"é\""},"Status":"attention_needed","Severity":"minimal","Title":"T","Description":"D"}"""], Bodies);
    }

    [Theory]
    [InlineData("Id", "Note", "Status", "CustomerId")]
    [InlineData("ServiceRequestId", "NewNote", "Status", "TenantId")]
    [InlineData("RequestId", "AddNote", "status", "CustomerTenantId")]
    public void Rows_bind_by_name_and_alias(string id, string note, string status, string customer)
    {
        const string Customer = "3b33e682-00c3-41ee-9dd2-a548adf56438";
        _shell.Run(
            $"[pscustomobject]@{{ {id} = ' {Id} '; {note} = ' n '; {status} = ' Attention needed '; {customer} = $args[0] }} | Update-PartnerServiceRequest",
            Customer).Succeeded();
        Assert.Equal(["""{"NewNote":{"Text":"n"},"Status":"attention_needed"}"""], Bodies);
        Assert.StartsWith("/v1/customers/" + Customer, _server.Calls[0].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_cells_change_nothing()
    {
        _shell.Run("[pscustomobject]@{ Id = $args[0]; Note = ''; Status = 'CLOSED'; CustomerId = '' }, [pscustomobject]@{ Id = $args[0]; Note = 'n'; Status = $null } | Update-PartnerServiceRequest", Id).Succeeded();
        Assert.Equal(["""{"Status":"closed"}""", """{"NewNote":{"Text":"n"}}"""], Bodies);
    }

    [Theory]
    [InlineData("6.16122E+14", "MangledId")]
    [InlineData("6,16122E+14", "MangledId")]
    [InlineData("6E+14", "MangledId")]
    [InlineData("abc", "InvalidId")]
    [InlineData("../customers", "InvalidId")]
    [InlineData("", "InvalidId")]
    [InlineData("12345678901", "InvalidId")]
    public void A_bad_id_is_its_own_rows_error(string bad, string errorId)
    {
        Outcome outcome = _shell.Run(
            "[pscustomobject]@{ Id = $args[0]; Note = 'a' }, [pscustomobject]@{ Id = $args[1]; Note = 'b' }, [pscustomobject]@{ Id = $args[0]; Note = 'c' } | Update-PartnerServiceRequest",
            Id, bad);
        ErrorRecord error = outcome.OneError(errorId);
        Assert.Null(outcome.Terminating);
        Assert.Contains("Row 2", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(bad, new PSObject(error.TargetObject).Properties["Id"].Value);
        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal(["a", "c"], _server.Service.NotesOf(Id).Skip(1));
    }

    [Theory]
    [InlineData("616122292874576")]
    [InlineData("1234567890")]
    [InlineData("123456789")]
    [InlineData("1234567890123456")]
    [InlineData("1-1234567890123")]
    [InlineData("09c13775-739b-4cb9-9442-456e17f91452")]
    public void A_possible_id_is_asked_for(string id)
    {
        _shell.Run("Update-PartnerServiceRequest $args[0] x", id);
        Assert.EndsWith("/" + id, _server.Calls[0].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Id = '616122292874576'; Note = ''; Status = '' }", "NothingToUpdate")]
    [InlineData("@{ Id = '616122292874576' }", "NothingToUpdate")]
    [InlineData("@{ Note = 'x' }", "InvalidId")]
    [InlineData("@{ Id = '616122292874576'; Note = 'x'; Status = 'Finito' }", "InvalidStatus")]
    [InlineData("@{ Id = '616122292874576'; Note = 'x'; Status = 'None' }", "InvalidStatus")]
    [InlineData("@{ Id = '616122292874576'; Note = 'x'; Status = '2' }", "InvalidStatus")]
    [InlineData("@{ Id = '616122292874576'; Note = 'x'; Status = @('Open', 'Closed') }", "InvalidStatus")]
    [InlineData("@{ Id = '616122292874576'; Note = @('x', 'y'); Status = 'Closed' }", "InvalidRequest")]
    [InlineData("@{ Id = '616122292874576'; Note = 'x'; CustomerId = 'fabrikam' }", "InvalidId")]
    public void A_bad_row_is_an_error_that_names_it_and_sends_nothing(string row, string errorId)
    {
        ErrorRecord error = _shell.Run($"[pscustomobject]{row} | Update-PartnerServiceRequest").OneError(errorId);
        Assert.Contains("Row 1", error.ErrorDetails?.Message ?? error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public void An_impossible_state_on_the_command_line_is_one_mistake()
    {
        Outcome outcome = _shell.Run("Get-PartnerServiceRequest | Update-PartnerServiceRequest -Note x -Status Finito");
        Assert.NotNull(outcome.Terminating);
        outcome.OneError("InvalidStatus");
        Assert.Empty(Bodies);
    }

    [Fact]
    public void Numbers_and_texts_are_ids_too()
    {
        Outcome outcome = _shell.Run("616122292874576, '616122292874581' | Update-PartnerServiceRequest -Note x; Update-PartnerServiceRequest 616122292874586, 616122292874591 y Closed").Succeeded();
        Assert.Equal(["616122292874576", "616122292874581", "616122292874586", "616122292874591"], outcome.Each("Id"));
        Assert.Equal(["616122292874576", "616122292874581"], _shell.Run("616122292874576, '616122292874581' | Get-PartnerServiceRequest").Succeeded().Each("Id"));
    }

    [Fact]
    public void WhatIf_names_each_change_and_sends_nothing()
    {
        Outcome outcome = _shell.Run("Get-PartnerServiceRequest -First 2 | Update-PartnerServiceRequest -Note hello -Status Closed -WhatIf").Succeeded();
        Assert.Empty(outcome.Output);
        Assert.Empty(Bodies);
        string[] said = [.. _shell.Run("Update-PartnerServiceRequest 616122292874576 hello Closed -Severity Critical -Title abc -Description xy -Verbose").Succeeded().Verbose];
        Assert.Contains(said, line => line.Contains("add a note (5 characters), set status to Closed, set severity to Critical, set title to 'abc', replace the description (2 characters)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_old_alias_works_and_a_request_cannot_be_made_by_hand()
    {
        _shell.Run("Set-PartnerServiceRequest $args[0] -NewNote x", Id).Succeeded();
        Assert.Single(Bodies);
        Assert.NotEmpty(_shell.Run("[PartnerCenterSR.ServiceRequest]@{ Id = 1 }").AllErrors);
        Assert.NotEmpty(_shell.Run("(Get-PartnerServiceRequest $args[0]).Status = 'Closed'", Id).AllErrors);
    }

    [Fact]
    public void Updates_of_one_request_keep_their_order_and_results_that_of_the_input()
    {
        Outcome outcome = _shell.Run("1..40 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 4); Note = \"n$_\" } } | Update-PartnerServiceRequest -ThrottleLimit 8").Succeeded();
        Assert.Equal(Enumerable.Range(1, 40).Select(i => SampleData.Id(i % 4)), outcome.Each("Id"));
        for (int request = 0; request < 4; request++)
        {
            Assert.Equal(Enumerable.Range(1, 40).Where(i => i % 4 == request).Select(i => $"n{i}"), _server.Service.NotesOf(SampleData.Id(request)).Skip(1));
        }
    }

    [Fact]
    public void A_result_is_written_while_rows_are_still_arriving()
    {
        Outcome outcome = _shell.Run("""
            $server = $args[0]
            $made = [System.Collections.Generic.List[string]]::new()
            1..4 | ForEach-Object {
                $made.Add("row $_")
                [pscustomobject]@{ Id = 616122292874576; Note = "n$_" }
                while ($server.Service.NotesOf('616122292874576').Count -le $_) { [System.Threading.Thread]::Yield() | Out-Null }
            } | Update-PartnerServiceRequest | ForEach-Object { $made.Add('result') }
            $made
            """, _server).Succeeded();
        string[] order = [.. outcome.Output.Select(item => item.ToString())];
        Assert.True(Array.IndexOf(order, "result") < Array.IndexOf(order, "row 4"), string.Join(", ", order));
    }
}
