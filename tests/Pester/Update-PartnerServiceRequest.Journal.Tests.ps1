# -JournalPath, which makes a run safe to repeat, and Get-PartnerServiceRequestJournal, which reads it.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'A journal' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $name = [Guid]::NewGuid().ToString('N')
        $journal = Join-Path $TestDrive "$name.jsonl"
        $file = Join-Path $TestDrive "$name.csv"
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'makes the second run of the examples repeat nothing' {
        $csv = Join-Path $ExamplesPath 'updates.csv'
        $first = Update-PartnerServiceRequest -Path $csv -JournalPath $journal -ErrorAction SilentlyContinue
        $before = Get-AddedNote | ForEach-Object { '{0} {1}' -f $_.Id, $_.Text }
        $second = Update-PartnerServiceRequest -Path $csv -JournalPath $journal -ErrorAction SilentlyContinue
        $first.Count | Should -Be 60
        $second | Should -BeNullOrEmpty
        Get-AddedNote | ForEach-Object { '{0} {1}' -f $_.Id, $_.Text } | Should -Be $before
    }

    It 'groups by outcome' {
        Update-PartnerServiceRequest -Path (Join-Path $ExamplesPath 'updates.csv') -JournalPath $journal -ErrorAction SilentlyContinue | Out-Null
        $groups = Get-PartnerServiceRequestJournal $journal | Group-Object Outcome -NoElement | Sort-Object Name
        $groups | ForEach-Object { '{0} {1}' -f $_.Count, $_.Name } | Should -Be '1 Failed', '60 Succeeded'
    }

    It 'groups the same after a second run' {
        $csv = Join-Path $ExamplesPath 'updates.csv'
        1..2 | ForEach-Object { Update-PartnerServiceRequest -Path $csv -JournalPath $journal -ErrorAction SilentlyContinue | Out-Null }
        $groups = Get-PartnerServiceRequestJournal $journal | Group-Object Outcome -NoElement | Sort-Object Name
        $groups | ForEach-Object { '{0} {1}' -f $_.Count, $_.Name } | Should -Be '1 Failed', '60 Succeeded'
    }

    It 'tries again what failed' {
        Set-Content -LiteralPath $file -Value 'Id,Note', '616122292999999,one'
        1..2 | ForEach-Object {
            Update-PartnerServiceRequest -Path $file -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'NotFound'
        }
    }

    It 'takes two identical rows as two updates' {
        Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),same", "$(Get-SampleId 0),same"
        1..2 | ForEach-Object { Update-PartnerServiceRequest -Path $file -JournalPath $journal | Out-Null }
        (Get-AddedNote).Text | Should -Be 'same', 'same'
    }

    It 'serves piped rows too' {
        $rows = Get-Row 'Id,Note', "$(Get-SampleId 0),one", "$(Get-SampleId 1),two"
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Should -BeNullOrEmpty
        (Get-AddedNote).Text | Should -Be 'one', 'two'
    }

    It 'finishes a run that Select-Object stopped, each note once' {
        $rows = 0..23 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = "note $_" } }
        ($rows | Update-PartnerServiceRequest -JournalPath $journal | Select-Object -First 1).Id | Should -Be (Get-SampleId 0)
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        (Get-AddedNote).Text | Should -Be $rows.Note
        (Get-PartnerServiceRequestJournal $journal).Outcome | Select-Object -Unique | Should -Be Succeeded
    }

    It 'says per update what was asked and how it ended' {
        Set-Content -LiteralPath $file -Value 'Id,Note,Status', "$(Get-SampleId 0),one,Closed", '616122292999999,two,'
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -ErrorAction SilentlyContinue | Out-Null
        $good, $bad = Get-PartnerServiceRequestJournal -Path $journal | Sort-Object Row
        $good.PSTypeNames | Should -Contain 'PartnerCenterSR.JournalEntry'
        $good.Row, $good.Id, $good.Note, $good.Status, $good.Outcome | Should -Be 1, (Get-SampleId 0), 'one', 'Closed', 'Succeeded'
        $good.Attempts | Should -Be 1
        $good.RequestId, $good.CorrelationId | ForEach-Object { [Guid]$_ } | Should -Not -Contain ([Guid]::Empty)
        $good.EndedAt | Should -Not -BeLessThan $good.StartedAt
        $bad.Row, $bad.Id, $bad.Outcome, $bad.ErrorId | Should -Be 2, '616122292999999', 'Failed', 'NotFound'
        $bad.ErrorMessage | Should -Match '616122292999999'
        [Guid]$bad.RequestId, [Guid]$bad.CorrelationId | Should -Not -Contain ([Guid]::Empty)
        $bad.EndedAt | Should -Not -BeLessThan $bad.StartedAt
    }

    It 'goes to a CSV file, and what failed comes back in with -Path' {
        Set-Content -LiteralPath $file -Value 'Id,Note,Status', "$(Get-SampleId 0),one,", '616122292999999,"two, with a comma",Closed'
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -ErrorAction SilentlyContinue | Out-Null
        $again = Join-Path $TestDrive "$name-again.csv"
        Get-PartnerServiceRequestJournal $journal | Where-Object Outcome -EQ Failed | Export-Csv -LiteralPath $again -NoTypeInformation
        (Get-Content -LiteralPath $again) -replace '"616122292999999"', "`"$(Get-SampleId 1)`"" | Set-Content -LiteralPath $again
        $updated = Update-PartnerServiceRequest -Path $again
        $updated.Id | Should -Be (Get-SampleId 1)
        $updated.Status | Should -Be Closed
        (Get-AddedNote).Text | Should -Be 'one', 'two, with a comma'
    }

    It 'pipes what failed straight back in' {
        Get-Row 'Id,Note,Status', '616122292999999,two,Closed' | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue
        Get-PartnerServiceRequestJournal $journal | Where-Object Outcome -EQ Failed |
            Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'NotFound'
    }

    It 'takes its file from Get-ChildItem' {
        Get-Row 'Id,Note', "$(Get-SampleId 0),one" | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        (Get-ChildItem -LiteralPath $journal | Get-PartnerServiceRequestJournal).Id | Should -Be (Get-SampleId 0)
    }

    It 'shows as a table of what happened' {
        Set-Content -LiteralPath $file -Value 'Id,Note,Status', '616122292999999,two,Closed'
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -ErrorAction SilentlyContinue
        $lines = Get-Line (Get-PartnerServiceRequestJournal $journal) 100
        $lines[0] | Should -Match '^ *Row Id +Outcome +Attempts +Change +Error$'
        $lines[2] | Should -Match '^ *1 616122292999999 +Failed +1 +Closed, two +NotFound$'
    }

    It 'is not begun by -WhatIf' {
        Get-Row 'Id,Note', "$(Get-SampleId 0),one" | Update-PartnerServiceRequest -JournalPath $journal -WhatIf | Out-Null
        Test-Path -LiteralPath $journal | Should -BeFalse
    }

    It 'says with -WhatIf what it would refuse, and asks no person about it' {
        $id = Get-SampleId 0
        Update-PartnerServiceRequest $id -Note one -JournalPath $journal | Out-Null
        $said = @(& { $ConfirmPreference = 'Low'; Update-PartnerServiceRequest $id -Note one -Status Closed -JournalPath $journal 2>&1 6>$null })
        Get-ErrorId $said | Should -Be NotSent
        Update-PartnerServiceRequest $id -Note one -Status Closed -JournalPath $journal -WhatIf -ErrorAction SilentlyContinue -ErrorVariable rehearsed 6>$null
        Get-ErrorId $rehearsed[0] | Should -Be NotSent
    }

    It 'tolerates a torn last line' {
        Get-Row 'Id,Note', "$(Get-SampleId 0),one" | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        [IO.File]::AppendAllText($journal, '{"torn')
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Succeeded
        Get-Row 'Id,Note', "$(Get-SampleId 0),one", "$(Get-SampleId 1),two" | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        (Get-AddedNote).Text | Should -Be 'one', 'two'
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Succeeded, Succeeded
    }

    It 'that is damaged is refused, and nothing is sent' {
        Get-Row 'Id,Note', "$(Get-SampleId 0),one" | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        [IO.File]::WriteAllText($journal, "this is no journal`n" + [IO.File]::ReadAllText($journal))
        { Get-Row 'Id,Note', "$(Get-SampleId 1),two" | Update-PartnerServiceRequest -JournalPath $journal } | Should -Throw -ErrorId 'InvalidJournal*'
        { Get-PartnerServiceRequestJournal $journal } | Should -Throw -ErrorId 'InvalidJournal*'
        (Get-AddedNote).Text | Should -Be 'one'
    }

    It 'of a run that goes on is refused to another process' {
        $inner = 'try {{ Connect-PartnerCenter -Emulator | Out-Null; Update-PartnerServiceRequest {0} -Note x -JournalPath ''{1}'' }} catch {{ $_.FullyQualifiedErrorId }}' -f
            (Get-SampleId 0), $journal.Replace("'", "''")
        $lines = Update-PartnerServiceRequest (Get-SampleId 0), (Get-SampleId 1) -Note one -JournalPath $journal | Select-Object -First 1 |
            ForEach-Object { Invoke-Fresh $inner }
        $lines | Should -Match '^JournalInUse,'
    }

    It 'of a run that goes on is refused to the same process' {
        Update-PartnerServiceRequest (Get-SampleId 0), (Get-SampleId 1) -Note one -JournalPath $journal | Select-Object -First 1 |
            ForEach-Object { try { Update-PartnerServiceRequest (Get-SampleId 2) -Note x -JournalPath $journal } catch { Get-ErrorId $_ } } |
            Should -Be 'JournalInUse'
    }

    It 'of a run that goes on can be read' {
        $read = Update-PartnerServiceRequest (Get-SampleId 0), (Get-SampleId 0) -Note one -JournalPath $journal | Select-Object -First 1 |
            ForEach-Object { Get-PartnerServiceRequestJournal $journal }
        $read[0].Id | Should -Be (Get-SampleId 0)
    }

    It 'in a folder that is not there is refused as PowerShell does' {
        { Update-PartnerServiceRequest (Get-SampleId 0) -Note x -JournalPath (Join-Path (Join-Path $TestDrive $name) 'run.jsonl') } |
            Should -Throw -ErrorId 'FileOpenFailure,*'
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'that another program has open is in use, and nothing is sent' {
        $stream = [IO.File]::Open($journal, 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            { Get-Row 'Id,Note', "$(Get-SampleId 1),two" | Update-PartnerServiceRequest -JournalPath $journal } | Should -Throw -ErrorId 'JournalInUse*'
        }
        finally {
            $stream.Dispose()
        }

        Get-AddedNote | Should -BeNullOrEmpty
    }
}

Describe 'A journal of a service that fails' {
    BeforeEach {
        $server = Start-TestServer -ForgetsRequestIds
        Connect-TestServer $server -MaximumRetryCount 0
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $one = [pscustomobject]@{ Id = Get-SampleId 20; Note = 'a' }
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'skips what succeeded, and tries again what failed and nothing else' {
        $rows = Get-Row 'Id,Note,Status', "$(Get-SampleId 0),a,", "$(Get-SampleId 0),a,", '1234567890,b,', "$(Get-SampleId 1),,Closed"
        $rows | Update-PartnerServiceRequest -JournalPath $journal -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 3
        Get-TestCall $server PATCH | Should -HaveCount 4
        Get-TestNote $server | Should -Be 'a', 'a'
        $rows | Update-PartnerServiceRequest -JournalPath $journal -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be 'NotFound'
        Get-TestCall $server PATCH | Should -HaveCount 5
        $entries = Get-PartnerServiceRequestJournal $journal
        $entries.Row | Should -Be 1, 2, 3, 4
        $entries.Outcome | Should -Be Succeeded, Succeeded, Failed, Succeeded
    }

    It 'finishes with its old request id what was unknown, after reading it back' {
        Set-TestFault $server -Method PATCH -To 1 -Ending Cut
        $one | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue

        # As if the process had died before it could write the outcome.
        Set-Content -LiteralPath $journal -Value (Get-Content -LiteralPath $journal | Select-Object -First 2)
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Unknown
        $one | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        (Get-TestCall $server PATCH).requestId | Select-Object -Unique | Should -HaveCount 1
        Get-TestNote $server (Get-SampleId 20) | Should -Be 'a'
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Succeeded
    }

    It 'does not do again what had landed when the process died' {
        $one | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        Set-Content -LiteralPath $journal -Value (Get-Content -LiteralPath $journal | Select-Object -First 2)
        $one | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        Get-TestCall $server PATCH | Should -HaveCount 1
    }

    It 'that is <What> is refused, left as it is, and nothing is sent' -ForEach @(
        @{ What = 'no journal'; Text = "not a journal`n" }
        @{ What = 'one line without an end'; Text = 'one line of another file, without an end' }
        @{ What = 'of a later version'; Text = "{`"type`":`"header`",`"version`":99}`n{}`n" }
        @{ What = 'damaged in the middle'; Text = "{`"type`":`"header`",`"version`":1}`n{`"type`":`"inte`n{`"type`":`"header`",`"version`":1}`n" }
    ) {
        [IO.File]::WriteAllText($journal, $Text)
        { $one | Update-PartnerServiceRequest -JournalPath $journal } | Should -Throw -ErrorId 'InvalidJournal*'
        Get-TestCall $server | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($journal) | Should -BeExactly $Text
        { Get-PartnerServiceRequestJournal $journal } | Should -Throw -ErrorId 'InvalidJournal*'
    }

    It 'has no secret, though the service repeats it' {
        Set-TestFault $server -Status 400 -Body '{"code":1,"description":"Your header was {authorization}"}'
        $one | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue
        $text = [IO.File]::ReadAllText($journal)
        $text | Should -Match 'Your header was Bearer \*\*\*'
        $text | Should -Not -Match $server.token
    }
}
