# What a legal service, a spreadsheet, a clock or a colleague does to an update: each change lands once, or the user is told.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # A request whose notes are so old that they are so in any time zone.
    $id = Get-SampleId 20
    $one = [pscustomobject]@{ Id = $id; Note = 'first line  second line <b> café' }

    # A run in a runspace of its own, so that this one can act meanwhile.
    function Start-Run([string]$Script, [object[]]$ArgumentList) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('
            param($Manifest, $Connection, $Script, $Arguments)
            Import-Module $Manifest
            $PSDefaultParameterValues = @{ "Update-PartnerServiceRequest:Connection" = $Connection }
            $ProgressPreference = "SilentlyContinue"
            & ([scriptblock]::Create($Script)) @Arguments').AddArgument($ManifestPath).AddArgument((Get-PartnerContext)).AddArgument($Script).AddArgument($ArgumentList)
        [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
    }

    function Wait-Run($Run) {
        try { $Run.Shell.EndInvoke($Run.Running) } finally { $Run.Shell.Dispose() }
    }
}

Describe 'A change whose answer says nothing' {
    BeforeEach {
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $server = Start-TestServer -ForgetsRequestIds
        Connect-TestServer $server -SettleTimeSec 3
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'that lands after a gateway''s <Status> lands once' -ForEach @{ Status = 504 }, @{ Status = 503 }, @{ Status = 500 }, @{ Status = 408 } {
        Set-TestFault $server -Method PATCH -To 1 -Status $Status -LateByReads 1
        $one | Update-PartnerServiceRequest | Should -HaveCount 1
        Get-TestNote $server $id | Should -Be $one.Note
        Get-TestCall $server PATCH | Should -HaveCount 1
    }

    It 'that lands after the time-out lands once' {
        Connect-TestServer $server -TimeoutSec 2 -SettleTimeSec 4
        Set-TestFault $server -Method PATCH -To 1 -Ending Silence -LateByReads 1
        $one | Update-PartnerServiceRequest | Should -HaveCount 1
        Get-TestNote $server $id | Should -Be $one.Note
    }

    It 'that lands after Ctrl+C is there once when the same line has run again' {
        Set-TestFault $server -Method PATCH -To 3 -Ending Silence -LateByReads 1
        $rows = 17..19 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = "note $_" } }
        $run = Start-Run 'param($rows, $journal) $rows | Update-PartnerServiceRequest -JournalPath $journal' $rows, $journal
        Wait-TestCall $server PATCH 3
        $run.Shell.Stop()
        $run.Shell.Dispose()
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Unknown, Unknown, Unknown
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 3
        17..19 | ForEach-Object { Get-TestNote $server (Get-SampleId $_) | Should -Be "note $_" }
    }

    It 'and that did not land is sent again once it is settled, with its old id' {
        Set-TestFault $server -Method PATCH -To 1 -Status 504

        # What is left of the three seconds, when it is told: a slow machine has read the request back by then.
        $one | Update-PartnerServiceRequest -Verbose 4>&1 | Out-String | Should -Match "$id is open: waiting ([0-2]\.\d|[123]) s until"
        (Get-TestCall $server PATCH).requestId | Select-Object -Unique | Should -HaveCount 1
        Get-TestNote $server $id | Should -Be $one.Note
    }

    It 'of a request that another has changed meanwhile is not made again' {
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -To 1 -Applies -Ending Cut
        Set-TestFault $server -Method GET -Holds
        $run = Start-Run 'param($id) Update-PartnerServiceRequest $id -Status Closed -ErrorVariable failed -ErrorAction SilentlyContinue; $failed' $id
        Wait-TestCall $server GET 1
        $null = Invoke-RestMethod "$($server.endpoint)v1/servicerequests/$id" -Method Patch -Body '{"Status":"open"}' -ContentType application/json -Headers @{ Authorization = "Bearer $($server.token)" }
        Resume-TestCall $server
        Get-ErrorId (Wait-Run $run) | Should -Be 'OutcomeUnknown'
        Get-TestValue $server $id status | Should -Be open
    }

    It 'is nothing that <What> ends the run by' -ForEach @(
        @{ What = 'invalid UTF-8'; Fault = @{ Status = 200; Bytes = [byte[]](0x7B, 0x22, 0x69, 0x64, 0x22, 0x3A, 0x22, 0xFF, 0xC3, 0x28, 0x22, 0x7D) } }
        @{ What = 'a lone surrogate'; Fault = @{ Status = 200; Body = '{"id":"1","title":"\ud83d"}' } }
        @{ What = 'a corrupt compressed answer'; Fault = @{ Status = 200; Body = 'not compressed at all'; Header = @{ 'Content-Encoding' = 'br' } } }
        @{ What = 'the same in an error'; Fault = @{ Status = 500; Body = 'not compressed at all'; Header = @{ 'Content-Encoding' = 'gzip' } } }
        @{ What = 'invalid UTF-8 in an error'; Fault = @{ Status = 500; Bytes = [byte[]](0xFF, 0xFE, 0xFA) } }
        @{ What = 'JSON of another shape'; Fault = @{ Status = 200; Body = '[1,2,3]' } }
    ) {
        Connect-TestServer $server -MaximumRetryCount 0
        Set-TestFault $server -Address $id @Fault -Applies
        $rows = @($one) + (17..19 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = "note $_" } })
        $result = $rows | Update-PartnerServiceRequest -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        17..19 | ForEach-Object { Get-TestNote $server (Get-SampleId $_) | Should -Be "note $_" }
        @($result | Where-Object Id -ne $id | Where-Object Id -ne '1') | Should -HaveCount 3
        @($failed).Count + @($warned).Count + @($result | Where-Object Id -eq '1').Count | Should -Be 1
        @(Get-TestNote $server $id).Count | Should -BeLessOrEqual 1
    }
}

Describe 'A note that the service keeps otherwise' {
    It '(<Rewrites>) is there once, and <Told>' -ForEach @(
        @{ Rewrites = 'entities'; Told = 'done' }
        @{ Rewrites = 'blanks'; Told = 'done' }
        @{ Rewrites = 'decomposed'; Told = 'done' }
        @{ Rewrites = 'cut'; Told = 'unknown' }
        @{ Rewrites = 'nothing shown'; Told = 'unknown' }
    ) {
        $disguise = if ($Rewrites -eq 'nothing shown') { @{ leavesNotesOut = $true } } else { @{ rewrites = $Rewrites } }
        $server = Start-TestServer -ForgetsRequestIds -Disguise $disguise
        Connect-TestServer $server -Validates
        Set-TestFault $server -Method PATCH -To 1 -Applies -Ending Cut
        $done = $one | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        @(Get-TestNote $server $id).Count | Should -Be 1
        if ($Told -eq 'done') { $done | Should -HaveCount 1 } else { Get-ErrorId $failed | Should -Be 'OutcomeUnknown' }
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'dated <Skew> s off is there once' -ForEach @{ Skew = -6 }, @{ Skew = 6 }, @{ Skew = -10 }, @{ Skew = 10 }, @{ Skew = -28800 }, @{ Skew = 28800 } {
        $server = Start-TestServer -ForgetsRequestIds -Disguise @{ noteSkewSec = $Skew }
        Connect-TestServer $server -Validates
        Set-TestFault $server -Method PATCH -From 3 -To 3 -Applies -Ending Cut
        $notes = 'one', 'two', 'three'
        $notes | ForEach-Object { [pscustomobject]@{ Id = $id; Note = $_ } } | Update-PartnerServiceRequest -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Out-Null
        Get-TestNote $server $id | Should -Be $notes
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'An update that lands by half' {
    BeforeEach {
        $server = Start-TestServer -ForgetsRequestIds -Disguise @{ losesStatus = 1 }
        Connect-TestServer $server -Validates
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'and whose answer is lost is finished: only what is missing is sent' {
        Set-TestFault $server -Method PATCH -To 1 -Applies -Ending Cut
        (Update-PartnerServiceRequest $id -Note x -Status Closed).Status | Should -Be Closed
        Get-TestNote $server $id | Should -Be x
        (Get-TestCall $server PATCH)[1].body | Should -Be '{"Status":2}'
    }

    It 'and whose rest is refused is told as what it is' {
        Set-TestFault $server -Method PATCH -To 1 -Applies -Ending Cut
        Set-TestFault $server -Method PATCH -Status 400
        Update-PartnerServiceRequest $id -Note x -Status Closed -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'OutcomeUnknown'
        "$failed" | Should -BeLike '*a part is there*Closed*'
        Get-TestNote $server $id | Should -Be x
    }

    It 'with a success is told' {
        Update-PartnerServiceRequest $id -Note x -Status Closed -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 1
        "$warned" | Should -BeLike "*$id*Closed*"
    }
}

Describe 'Updates of one request' {
    BeforeEach {
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $server = Start-TestServer
        Connect-TestServer $server -MaximumRetryCount 0
        $rows = @(
            [pscustomobject]@{ Id = $id; Note = 'first'; Status = 'Closed' }
            [pscustomobject]@{ Id = Get-SampleId 19; Note = 'beside'; Status = '' }
            [pscustomobject]@{ Id = $id; Note = 'second'; Status = 'Open' }
        )
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'wait for one that fails for now: they are not sent, told so, and go in order the next time' {
        Set-TestFault $server -Method PATCH -Address $id -To 1 -Status 503
        $rows | Update-PartnerServiceRequest -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        Get-ErrorId $failed | Should -Be 'ServiceUnavailable', 'NotSent'
        $failed[1].Exception.Message | Should -BeLike "*$id*row 1*"
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 2
        Get-TestNote $server $id | Should -Be first, second
        Get-TestValue $server $id status | Should -Be open
    }

    It 'do not wait for one that is refused for good' {
        Set-TestFault $server -Method PATCH -Address $id -To 1 -Status 400
        $rows | Update-PartnerServiceRequest -ErrorAction SilentlyContinue | Should -HaveCount 2
        Get-TestNote $server $id | Should -Be second
    }

    It 'never go out behind one that came later: an older row is told, and not sent' {
        Set-TestFault $server -Method PATCH -Address $id -To 1 -Status 503
        $rows[0] | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue
        $rows[2] | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        $rows | Update-PartnerServiceRequest -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        Get-ErrorId $failed | Should -Be 'NotSent'
        Get-TestNote $server $id | Should -Be second
        Get-TestValue $server $id status | Should -Be open
    }
}

Describe 'The file and the journal' {
    BeforeEach {
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
        $server = Start-TestServer
        Connect-TestServer $server
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'are the same when a spreadsheet has saved the file again, and what is skipped is told' {
        [IO.File]::WriteAllText($file, "Id,Note`r`n$id,`"one`r`ntwo`"`r`n")
        Update-PartnerServiceRequest -Path $file -JournalPath $journal | Should -HaveCount 1
        [IO.File]::WriteAllText($file, "Id;Note`n$id;`"one`ntwo`"`n")
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -InformationVariable told 6>$null | Should -BeNullOrEmpty
        "$told" | Should -BeLike '1 skipped*'
        Get-TestNote $server $id | Should -HaveCount 1
    }

    It 'refuse a note that is done, when a status has been added to its row' {
        Set-Content -LiteralPath $file -Value 'Id,Note', "$id,x"
        Update-PartnerServiceRequest -Path $file -JournalPath $journal | Should -HaveCount 1
        Set-Content -LiteralPath $file -Value 'Id,Note,Status', "$id,x,Closed"
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be 'NotSent'
        Get-TestNote $server $id | Should -Be x
    }

    It 'tell two equal rows of two files apart, and a reduced file finishes what it names' {
        $other = Join-Path $TestDrive 'other.csv'
        Set-Content -LiteralPath $file -Value 'Id,Note', "$id,same"
        Copy-Item -LiteralPath $file -Destination $other
        Set-TestFault $server -Method PATCH -To 1 -Status 400
        Get-Item -LiteralPath $file, $other | Update-PartnerServiceRequest -JournalPath $journal -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        Get-ErrorId $failed | Should -Be 'InvalidRequest'
        $entries = Get-PartnerServiceRequestJournal $journal
        $entries.Outcome | Should -Be Failed, Succeeded
        Get-TestNote $server $id | Should -Be same
    }

    It 'sends what was checked, whatever becomes of the file meanwhile' {
        Set-Content -LiteralPath $file -Value (@('Id,Note') + (0..99 | ForEach-Object { '{0},checked {1}' -f (Get-SampleId ($_ % 20)), $_ }))
        Set-TestFault $server -Method PATCH -To 2 -Holds
        $run = Start-Run 'param($file) Update-PartnerServiceRequest -Path $file -ThrottleLimit 2' $file
        Wait-TestCall $server PATCH 2
        Set-Content -LiteralPath $file -Value (@('Id,Note') + (0..99 | ForEach-Object { '{0},NEVER CHECKED' -f (Get-SampleId ($_ % 20)) }))
        Resume-TestCall $server
        Wait-Run $run | Should -HaveCount 100
        (Get-TestCall $server PATCH).body | Should -Not -Match 'NEVER'
    }

    It 'of another service is refused, and nothing is sent' {
        $one | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        Connect-PartnerCenter -Emulator | Out-Null
        { $one | Update-PartnerServiceRequest -JournalPath $journal } | Should -Throw -ErrorId 'InvalidJournal*'
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'of a machine whose clock is <Minutes> minutes off is gone on with' -ForEach @{ Minutes = -20 }, @{ Minutes = 20 } {
        Connect-TestServer $server -Validates
        $one | Update-PartnerServiceRequest -JournalPath $journal | Out-Null

        # As if the process had died before it wrote the outcome, on a machine with another clock.
        $lines = Get-Content -LiteralPath $journal | Select-Object -First 2
        $time = [regex]::Match($lines[1], '"time":"([^"]+)"').Groups[1].Value
        $lines[1] = $lines[1].Replace("`"time`":`"$time`"", '"time":"' + ([DateTimeOffset][regex]::Unescape($time)).AddMinutes($Minutes).ToString('o') + '"')
        Set-Content -LiteralPath $journal -Value $lines
        $one | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        @(Get-TestNote $server $id).Count | Should -Be 1
    }

    It 'is one journal by whatever name' -Skip:($IsWindows -or $PSEdition -eq 'Desktop') {
        $folder = New-Item -ItemType SymbolicLink -Path (Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))) -Target $TestDrive
        $link = New-Item -ItemType SymbolicLink -Path (Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))) -Target $journal
        $hard = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        Set-TestFault $server -Method PATCH -Holds
        $run = Start-Run 'param($one, $journal) $one | Update-PartnerServiceRequest -JournalPath $journal' $one, $journal
        Wait-TestCall $server PATCH 1
        $null = New-Item -ItemType HardLink -Path $hard -Target $journal
        foreach ($name in $link.FullName, (Join-Path $folder.FullName (Split-Path $journal -Leaf)), (Join-Path $TestDrive "../$(Split-Path $TestDrive -Leaf)/$(Split-Path $journal -Leaf)"), $hard) {
            { $one | Update-PartnerServiceRequest -JournalPath $name } | Should -Throw -ErrorId 'JournalInUse*' -Because $name
        }

        Resume-TestCall $server
        Wait-Run $run | Should -HaveCount 1
        [IO.File]::GetUnixFileMode($journal) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite')
    }

    It 'that others may write is refused, and nothing is sent' -Skip:($IsWindows -or $PSEdition -eq 'Desktop') {
        $null = New-Item -Path $journal
        [IO.File]::SetUnixFileMode($journal, [IO.UnixFileMode]'UserRead, UserWrite, OtherWrite')
        { $one | Update-PartnerServiceRequest -JournalPath $journal } | Should -Throw -ErrorId 'InvalidJournal*'
        Get-TestCall $server PATCH | Should -BeNullOrEmpty
    }

    It 'that ends in half a line is gone on with: the half is cut, and never made whole' {
        $rows = 17..19 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = "note é $_" } }
        $rows | Update-PartnerServiceRequest -JournalPath $journal -ThrottleLimit 1 | Out-Null
        $bytes = [IO.File]::ReadAllBytes($journal)
        [IO.File]::WriteAllBytes($journal, $bytes[0..($bytes.Length - 40)])
        $rows | Update-PartnerServiceRequest -JournalPath $journal | Should -HaveCount 1
        Get-PartnerServiceRequestJournal $journal | Should -HaveCount 3
        17..19 | ForEach-Object { Get-TestNote $server (Get-SampleId $_) | Should -Be "note é $_" }
    }

    It 'tells what was left open and is named no more' {
        Set-TestFault $server -Method PATCH -Address $id -Applies -Ending Cut
        Set-TestFault $server -Method GET -Address $id -Status 403
        $one | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue
        [pscustomobject]@{ Id = Get-SampleId 19; Note = 'x' } | Update-PartnerServiceRequest -JournalPath $journal -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 1
        "$warned" | Should -BeLike "*$id*"
    }
}
