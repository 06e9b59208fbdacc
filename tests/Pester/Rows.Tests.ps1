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
            @{ ErrorId = 'InvalidId'; Row = ',x,'; Text = 'no service request id' }
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
