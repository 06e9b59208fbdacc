# Rows of a CSV file, or of anything else, piped to Update-PartnerServiceRequest.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Piped rows' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    Context 'that are good' {
        It 'adds the note of each row' {
            Get-Row 'Id,Note', "$(Get-SampleId 0),one", "$(Get-SampleId 1),two" | Update-PartnerServiceRequest | Out-Null
            Get-AddedNote | ForEach-Object { '{0} {1}' -f $_.Id, $_.Text } | Should -Be "$(Get-SampleId 0) one", "$(Get-SampleId 1) two"
        }

        It 'gives the updated requests, in the order of the rows' {
            $rows = 5, 3, 9, 0, 7 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = "note $_" } }
            $updated = $rows | Update-PartnerServiceRequest
            $updated.Id | Should -Be $rows.Id
            $updated | ForEach-Object { $_.Notes[-1].Text } | Should -Be $rows.Note
        }

        It 'keeps the order of the rows for one request' {
            1..8 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId 0; Note = "note $_" } } | Update-PartnerServiceRequest -ThrottleLimit 8 | Out-Null
            (Get-AddedNote).Text | Should -Be (1..8 | ForEach-Object { "note $_" })
        }

        It 'takes empty cells as no change' {
            $before = Get-State
            Get-Row 'Id,Note,Status,CustomerId', "$(Get-SampleId 0),one,," | Update-PartnerServiceRequest -ErrorVariable failed | Out-Null
            $failed | Should -BeNullOrEmpty
            Get-State | Should -Be $before
        }

        It 'takes the status <Word>' -ForEach @(
            @{ Word = 'AttentionNeeded' }
            @{ Word = 'attention_needed' }
            @{ Word = 'Attention needed' }
            @{ Word = 'ATTENTIONNEEDED' }
        ) {
            $updated = Get-Row 'Id,Status', "$(Get-SampleId 0),$Word" | Update-PartnerServiceRequest
            $updated.Status | Should -Be AttentionNeeded
        }

        It 'trims blanks around the cells' {
            $updated = [pscustomobject]@{ Id = " $(Get-SampleId 0) "; Note = ' one '; Status = ' closed ' } | Update-PartnerServiceRequest
            $updated.Status | Should -Be Closed
            (Get-AddedNote).Text | Should -BeExactly 'one'
        }

        It 'takes the headers <Header>' -ForEach @(
            @{ Header = 'Id,Note,CustomerId' }
            @{ Header = 'ServiceRequestId,NewNote,TenantId' }
            @{ Header = 'RequestId,AddNote,CustomerTenantId' }
        ) {
            $customer = (Get-PartnerServiceRequest (Get-SampleId 0)).Organization.Id
            $updated = Get-Row $Header, "$(Get-SampleId 0),one,$customer" | Update-PartnerServiceRequest
            $updated.CustomerId | Should -Be $customer
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'sends no other column of a row' {
            $before = Get-PartnerServiceRequest (Get-SampleId 0)
            $after = Get-Row 'Id,Note,Title,Severity,Description', "$(Get-SampleId 0),one,Other,Minimal,Other" | Update-PartnerServiceRequest
            $after.Title | Should -Be $before.Title
            $after.Severity | Should -Be $before.Severity
            $after.Description | Should -Be $before.Description
        }

        It 'takes the note of the command line for bare numbers' {
            (Get-SampleId 0), (Get-SampleId 1) | Update-PartnerServiceRequest -Note 'for all' | Out-Null
            (Get-AddedNote).Text | Should -Be 'for all', 'for all'
        }

        It 'is known as Set-PartnerServiceRequest too' {
            Get-Row 'Id,Note', "$(Get-SampleId 0),one" | Set-PartnerServiceRequest | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }
    }

    Context 'that are bad' {
        It 'reports <ErrorId> and names the row' -ForEach @(
            @{ ErrorId = 'MangledId'; Row = '6.16122E+14,x,'; Text = 'spreadsheet' }
            @{ ErrorId = 'MangledId'; Row = '"6,16122E+14",x,'; Text = 'spreadsheet' }
            @{ ErrorId = 'InvalidId'; Row = 'abc,x,'; Text = 'abc' }
            @{ ErrorId = 'InvalidId'; Row = ',x,'; Text = 'id is missing' }
            @{ ErrorId = 'InvalidStatus'; Row = '616122292874576,x,Finito'; Text = 'Finito' }
            @{ ErrorId = 'NothingToUpdate'; Row = '616122292874576,,'; Text = 'nothing to change' }
            @{ ErrorId = 'NotFound'; Row = '616122292999999,x,'; Text = '616122292999999' }
        ) {
            $rows = Get-Row 'Id,Note,Status', "$(Get-SampleId 1),good,", $Row
            $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            Get-ErrorId $failed | Should -Be $ErrorId
            "$failed" | Should -Match '^Row 2\b'
            "$failed" | Should -Match $Text
            $failed[0].Exception | Should -BeOfType ([PartnerCenterSR.PartnerCenterException])
        }

        It 'never stop the good ones' {
            $rows = Get-Row 'Id,Note', 'abc,x', "$(Get-SampleId 0),one", '6.1E+14,x', "$(Get-SampleId 1),two", '616122292999999,x', "$(Get-SampleId 2),three"
            $updated = $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
            $updated.Id | Should -Be (Get-SampleId 0), (Get-SampleId 1), (Get-SampleId 2)
            Get-ErrorId $failed | Should -Be 'InvalidId', 'MangledId', 'NotFound'
            (Get-AddedNote).Text | Should -Be 'one', 'two', 'three'
        }

        It 'come in the order of the rows among the good ones' {
            $rows = Get-Row 'Id,Note', "$(Get-SampleId 0),one", 'abc,x', "$(Get-SampleId 1),two", '616122292999999,x'
            $all = & { $rows | Update-PartnerServiceRequest } 2>&1
            $all | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { Get-ErrorId $_ } else { $_.Id } } |
                Should -Be (Get-SampleId 0), 'InvalidId', (Get-SampleId 1), 'NotFound'
        }

        It 'are the target of their errors' {
            $rows = Get-Row 'Id,Note', "$(Get-SampleId 0),one", 'abc,x', '616122292999999,y'
            $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed[0].TargetObject | Should -Be $rows[1]
            $failed[1].TargetObject | Should -Be $rows[2]
        }

        It 'have the category that fits' {
            $rows = Get-Row 'Id,Note', 'abc,x', '616122292999999,y', "$(Get-SampleId 0),"
            $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed.CategoryInfo.Category | Should -Be InvalidData, ObjectNotFound, InvalidArgument
        }

        It 'go to a CSV file, are mended there, and come back in' {
            $file = Join-Path $TestDrive 'failed.csv'
            $rows = Get-Row 'Id,Note,Status', "$(Get-SampleId 0),one,", '6.16122E+14,"two, with a comma",', "$(Get-SampleId 2),three,Finito"
            $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed.TargetObject | Export-Csv -LiteralPath $file -NoTypeInformation
            $mended = Import-Csv -LiteralPath $file
            $mended.Count | Should -Be 2
            $mended[0].Id = Get-SampleId 1
            $mended[1].Status = 'Closed'
            $mended | Update-PartnerServiceRequest -ErrorVariable again | Out-Null
            $again | Should -BeNullOrEmpty
            (Get-AddedNote).Text | Should -Be 'one', 'two, with a comma', 'three'
            (Get-PartnerServiceRequest (Get-SampleId 2)).Status | Should -Be Closed
        }
    }
}

Describe 'Piped requests' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'get the note and keep their status' {
        $before = Get-State
        $updated = Get-PartnerServiceRequest -Status Open | Update-PartnerServiceRequest -Note one
        $updated.Count | Should -BeGreaterThan 5
        (Get-AddedNote).Count | Should -Be $updated.Count
        Get-State | Should -Be $before
    }

    It 'need a change on the command line' {
        Get-PartnerServiceRequest (Get-SampleId 0) | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'NothingToUpdate'
    }

    It 'send no status after Export-Clixml and Import-Clixml' {
        $file = Join-Path $TestDrive 'requests.xml'
        Get-PartnerServiceRequest -Status Open -First 3 | Export-Clixml -LiteralPath $file
        $back = Import-Clixml -LiteralPath $file
        $back[0].PSTypeNames[0] | Should -Be 'Deserialized.PartnerCenterSR.ServiceRequest'
        $back | ForEach-Object { Update-PartnerServiceRequest -Id $_.Id -Status Closed } | Out-Null
        $updated = $back | Update-PartnerServiceRequest -Note one
        $updated.Id | Should -Be $back.Id
        $updated.Status | Should -Be Closed, Closed, Closed
        (Get-AddedNote).Text | Should -Be 'one', 'one', 'one'
    }

    It 'have nothing to change after Import-Clixml when nothing is asked for' {
        $file = Join-Path $TestDrive 'requests.xml'
        Get-PartnerServiceRequest (Get-SampleId 0) | Export-Clixml -LiteralPath $file
        Import-Clixml -LiteralPath $file | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'NothingToUpdate'
    }
}

Describe 'What reaches the service' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
        function Get-Body { (Get-TestCall $server PATCH).body }
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'is the note and nothing else of a piped request' {
        $updated = Get-PartnerServiceRequest -Status Open | Update-PartnerServiceRequest -Note x
        $updated.Count | Should -BeGreaterThan 5
        Get-Body | Should -HaveCount $updated.Count
        Get-Body | Select-Object -Unique | Should -BeExactly '{"NewNote":{"Text":"x"}}'
    }

    It 'is the note and nothing else of a deserialized request' {
        $text = [Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest -Status Open -First 2), 4)
        [Management.Automation.PSSerializer]::Deserialize($text) | Update-PartnerServiceRequest -Note x | Should -HaveCount 2
        Get-Body | Should -BeExactly '{"NewNote":{"Text":"x"}}', '{"NewNote":{"Text":"x"}}'
    }

    It 'is no other column of a row' {
        [pscustomobject]@{ Id = Get-SampleId 0; Note = 'n'; Title = 't'; Severity = 'Critical'; Description = 'd' } | Update-PartnerServiceRequest | Out-Null
        Get-Body | Should -BeExactly '{"NewNote":{"Text":"n"}}'
    }

    It 'is all that the command line names' {
        Update-PartnerServiceRequest (Get-SampleId 0) -Note ([char]0xE9 + '"') -Status attention_needed -Severity Minimal -Title T -Description D | Out-Null
        Get-Body | Should -BeExactly ('{"NewNote":{"Text":"' + [char]0xE9 + '\""},"Status":"attention_needed","Severity":"minimal","Title":"T","Description":"D"}')
    }

    It 'goes through the customer of a row with the headers <Id>, <Note>, <Customer>' -ForEach @(
        @{ Id = 'Id'; Note = 'Note'; Customer = 'CustomerId' }
        @{ Id = 'ServiceRequestId'; Note = 'NewNote'; Customer = 'TenantId' }
        @{ Id = 'RequestId'; Note = 'AddNote'; Customer = 'CustomerTenantId' }
    ) {
        $tenant = '3b33e682-00c3-41ee-9dd2-a548adf56438'
        [pscustomobject]@{ $Id = " $(Get-SampleId 0) "; $Note = ' n '; status = ' Attention needed '; $Customer = $tenant } | Update-PartnerServiceRequest | Out-Null
        Get-Body | Should -BeExactly '{"NewNote":{"Text":"n"},"Status":"attention_needed"}'
        (Get-TestCall $server)[0].path | Should -Be "/v1/customers/$tenant/servicerequests/$(Get-SampleId 0)"
    }

    It 'is nothing of an empty cell' {
        [pscustomobject]@{ Id = Get-SampleId 0; Note = ''; Status = 'CLOSED'; CustomerId = '' }, [pscustomobject]@{ Id = Get-SampleId 0; Note = 'n'; Status = $null } |
            Update-PartnerServiceRequest | Out-Null
        Get-Body | Should -BeExactly '{"Status":"closed"}', '{"NewNote":{"Text":"n"}}'
    }

    It 'is nothing of a bad row: <Row> is <ErrorId>' -ForEach @(
        @{ Row = "@{ Note = 'x' }"; ErrorId = 'InvalidId' }
        @{ Row = "@{ Id = '6E+14'; Note = 'x' }"; ErrorId = 'MangledId' }
        @{ Row = "@{ Id = '../customers'; Note = 'x' }"; ErrorId = 'InvalidId' }
        @{ Row = "@{ Id = '616122292874576'; Note = 'x'; Status = 'None' }"; ErrorId = 'InvalidStatus' }
        @{ Row = "@{ Id = '616122292874576'; Note = 'x'; Status = '2' }"; ErrorId = 'InvalidStatus' }
        @{ Row = "@{ Id = '616122292874576'; Note = 'x'; Status = @('Open', 'Closed') }"; ErrorId = 'InvalidStatus' }
        @{ Row = "@{ Id = '616122292874576'; Note = @('x', 'y'); Status = 'Closed' }"; ErrorId = 'InvalidNote' }
        @{ Row = "@{ Id = '616122292874576'; Note = 'x'; CustomerId = 'fabrikam' }"; ErrorId = 'InvalidId' }
    ) {
        [pscustomobject](Invoke-Expression $Row) | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be $ErrorId
        "$failed" | Should -Match '^Row 1\b'
        Get-TestCall $server | Should -BeNullOrEmpty
    }

    It 'is nothing when -Status on the command line is impossible' {
        { Get-PartnerServiceRequest | Update-PartnerServiceRequest -Note x -Status Finito } | Should -Throw -ErrorId 'InvalidStatus*'
        Get-TestCall $server PATCH | Should -BeNullOrEmpty
    }

    It 'keeps its order for each request, and the results keep that of the input' {
        $updated = 1..40 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 4); Note = "n$_" } } | Update-PartnerServiceRequest -ThrottleLimit 8
        $updated.Id | Should -Be (1..40 | ForEach-Object { Get-SampleId ($_ % 4) })
        foreach ($request in 0..3) {
            Get-TestNote $server (Get-SampleId $request) | Should -Be (1..40 | Where-Object { $_ % 4 -eq $request } | ForEach-Object { "n$_" })
        }
    }

    It 'is asked for with the headers of the wire' {
        Get-PartnerServiceRequest (Get-SampleId 0) -IncludeOrganizationRequests | Out-Null
        Update-PartnerServiceRequest (Get-SampleId 0) x | Out-Null
        $calls = Get-TestCall $server
        $calls.method | Should -Be 'GET', 'PATCH', 'GET'
        foreach ($headers in $calls.headers) {
            $headers.Accept | Should -Be 'application/json'
            [Guid]$headers.'MS-RequestId', [Guid]$headers.'MS-CorrelationId' | Should -Not -Contain ([Guid]::Empty)
            $headers.'MS-Contract-Version', $headers.'X-Locale', $headers.'MS-PartnerCenter-Application' | Should -Be 'v1', 'en-US', 'PartnerCenterSR'
            $headers.'User-Agent' | Should -Match '^PartnerCenterSR/\d+\.\d+\.\d+ PowerShell/\d+'
            $headers.'Accept-Encoding' | Should -Match gzip
            $headers.PSObject.Properties['Expect'] | Should -BeNullOrEmpty
        }

        $calls.headers | ForEach-Object { [bool]$_.PSObject.Properties['IncludeOrganizationRequests'] } | Should -Be $true, $false, $false
        $calls[1].headers.'Content-Type' | Should -Match '^application/json'
        $calls.requestId | Select-Object -Unique | Should -HaveCount 3
    }
}

Describe 'Ids' {
    BeforeAll {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterAll {
        Disconnect-PartnerCenter
    }

    It 'may be numbers or texts, piped or not' {
        (616122292874576, '616122292874581' | Update-PartnerServiceRequest -Note x).Id | Should -Be '616122292874576', '616122292874581'
        (Update-PartnerServiceRequest 616122292874586, 616122292874591 y Closed).Id | Should -Be '616122292874586', '616122292874591'
        (616122292874576, '616122292874581' | Get-PartnerServiceRequest).Id | Should -Be '616122292874576', '616122292874581'
    }

    It 'do not make a request by hand, and a request cannot be changed by hand' {
        { [PartnerCenterSR.ServiceRequest]@{ Id = 1 } } | Should -Throw
        { (Get-PartnerServiceRequest (Get-SampleId 0)).Status = 'Closed' } | Should -Throw
    }
}

Describe 'A result' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'is written while rows are still arriving' {
        $order = [Collections.Generic.List[string]]::new()
        # The update behind it may arrive a moment before the result is there: so several.
        1..12 | ForEach-Object {
            $order.Add("row $_")
            [pscustomobject]@{ Id = Get-SampleId 0; Note = "n$_" }
            Wait-TestCall $server PATCH $_
        } | Update-PartnerServiceRequest | ForEach-Object { $order.Add('result') }
        $order.IndexOf('result') | Should -BeLessThan $order.IndexOf('row 12') -Because ($order -join ', ')
    }

    It 'that cannot be read after the update is a warning, no error' {
        Set-TestFault $server -Method GET -Status 403
        $run = Invoke-InRunspace -Connect $server 'Update-PartnerServiceRequest 616122292874576 once'
        $run.Errors | Should -BeNullOrEmpty
        $run.Warning | Should -Match 'updated, but'
        Get-TestNote $server | Should -Be 'once'
    }

    It 'of <Body> is never asked for twice: the update was applied' -ForEach @(
        @{ Body = '{"id":"6161222928' }
        @{ Body = '<html>ok</html>' }
        @{ Body = '{}' }
        @{ Body = '[1]' }
    ) {
        Set-TestFault $server -Method PATCH -Status 200 -Body $Body -Applies
        (Update-PartnerServiceRequest (Get-SampleId 0) once).Id | Should -Be (Get-SampleId 0)
        (Get-TestCall $server).method | Should -Be 'PATCH', 'GET'
        Get-TestNote $server | Should -Be 'once'
    }

    It 'that was cut in the middle is a success too' {
        $older = Start-TestServer -Generation Older
        Connect-TestServer $older
        Set-TestFault $older -Method PATCH -Applies -Ending HalfAnAnswer
        (Update-PartnerServiceRequest (Get-SampleId 0) once).Id | Should -Be (Get-SampleId 0)
        (Get-TestCall $older).method | Should -Be 'PATCH', 'GET'
        Stop-TestServer $older
    }
}

Describe 'A long run' {
    BeforeAll {
        $rows = 0..199 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 20); Note = "n$_" } }
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'sends nothing more after a 401, and ends with one error that tells what was not sent' {
        $server = Start-TestServer -Generation Older -AcceptsFirst 50
        Connect-TestServer $server
        $updated = [Collections.Generic.List[object]]::new()
        $ended = try { $rows | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null | ForEach-Object { $updated.Add($_) } } catch { $_ }
        $updated | Should -HaveCount 50
        Get-ErrorId $ended | Should -Be 'Unauthenticated'
        "$ended" | Should -Match 'Done: 50\. Failed: 0\. Not known: 0\. Not sent: \d+ \(6161.*\)'
        @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -notlike 'Unauthenticated*' }) | Should -BeNullOrEmpty
        @(Get-TestCall $server).Count | Should -BeIn (51..54)
    }

    It 'tells how long a pause is that the service asks for' {
        $server = Start-TestServer
        Set-TestFault $server -From 10 -To 10 -Status 429 -Header @{ 'Retry-After' = '1' }
        $run = Invoke-InRunspace -Connect $server -ArgumentList (, $rows) 'param($rows) $rows | Update-PartnerServiceRequest -ThrottleLimit 4 -Verbose'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 200
        $run.Verbose -match 'asked for a pause \(429\): all requests wait for 1 s' | Should -Not -BeNullOrEmpty
        @($run.Progress | Where-Object { "$($_.StatusDescription) $($_.CurrentOperation)" -match 'Going on in 1 s' }) | Should -Not -BeNullOrEmpty
    }
}

Describe 'A failure that is known' {
    It 'ends the command under -ErrorAction Stop before the next row is sent' {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -From 1 -To 1 -Status 400
        {
            0..5 | ForEach-Object {
                [pscustomobject]@{ Id = Get-SampleId $_; Note = 'x' }

                # The producer pauses until the answer has certainly come: another connection has asked after it, again and again.
                if ($_ -eq 0) { Wait-TestCall $server PATCH 1; 1..100 | ForEach-Object { Get-PartnerServiceRequest (Get-SampleId 9) | Out-Null } }
            } | Update-PartnerServiceRequest -ErrorAction Stop
        } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-TestCall $server PATCH | Should -HaveCount 1
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}
