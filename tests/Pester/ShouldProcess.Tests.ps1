# -WhatIf and -Confirm.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Update-PartnerServiceRequest -WhatIf' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'sends nothing and gives nothing' {
        $before = Get-State
        Get-Row 'Id,Note,Status', "$(Get-SampleId 0),one,Closed" | Update-PartnerServiceRequest -WhatIf | Should -BeNullOrEmpty
        Get-AddedNote | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'sends nothing of a file either' {
        $file = Join-Path $TestDrive 'updates.csv'
        Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),one"
        Update-PartnerServiceRequest -Path $file -WhatIf | Should -BeNullOrEmpty
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'is meant by $WhatIfPreference too' {
        & { $WhatIfPreference = $true; Update-PartnerServiceRequest (Get-SampleId 0) -Note one } | Should -BeNullOrEmpty
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'is overruled by -WhatIf:$false' {
        (& { $WhatIfPreference = $true; Update-PartnerServiceRequest (Get-SampleId 0) -Note one -WhatIf:$false }).Id | Should -Be (Get-SampleId 0)
        (Get-AddedNote).Text | Should -Be 'one'
    }

    It 'still reports bad rows' {
        Get-Row 'Id,Note', "$(Get-SampleId 0),one", '6.16122E+14,x' | Update-PartnerServiceRequest -WhatIf -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'MangledId'
        "$failed" | Should -Match '^Row 2\b'
    }

    It 'names, per request, what would change' {
        $lines = Invoke-Fresh '
            Connect-PartnerCenter -Emulator | Out-Null
            ''Id,Note,Status'', ''616122292874576,one,Closed'', ''616122292874581,twofold,'' | ConvertFrom-Csv | Update-PartnerServiceRequest -WhatIf
            Update-PartnerServiceRequest 616122292874586 -NewNote x -Severity Critical -Title abc -Description xy -WhatIf'
        $lines | Should -Be @(
            'What if: Performing the operation "add a note (3 characters: one), set status to Closed" on target "616122292874576".'
            'What if: Performing the operation "add a note (7 characters: twofold)" on target "616122292874581".'
            'What if: Performing the operation "add a note (1 characters: x), set severity to Critical, set title to ''abc'', replace the description (2 characters)" on target "616122292874586".'
        )
    }
}

Describe 'Update-PartnerServiceRequest -Confirm' {
    It 'is not needed with -Confirm:$false, whatever $ConfirmPreference says' {
        Connect-PartnerCenter -Emulator | Out-Null
        try {
            (& { $ConfirmPreference = 'Low'; Update-PartnerServiceRequest (Get-SampleId 0) -Note one -Confirm:$false }).Id | Should -Be (Get-SampleId 0)
        }
        finally {
            Disconnect-PartnerCenter
        }
    }

    It 'does not ask by itself' {
        $lines = Invoke-Fresh 'Connect-PartnerCenter -Emulator | Out-Null; (Update-PartnerServiceRequest 616122292874576 -Note one).Notes[-1].Text'
        $lines | Should -Be 'one'
    }

    It 'asks before each, and sends only what was allowed' {
        $lines = Invoke-Fresh -Answer 'n', 'y' '
            Connect-PartnerCenter -Emulator | Out-Null
            ''616122292874576'', ''616122292874581'' | Update-PartnerServiceRequest -Note one -Confirm | ForEach-Object { ''updated '' + $_.Id }
            ''notes {0} {1}'' -f (Get-PartnerServiceRequest 616122292874576).Notes.Count, (Get-PartnerServiceRequest 616122292874581).Notes.Count'
        $text = $lines -join ' ' -replace '\s+', ' '
        $text | Should -Match 'add a note \(3 characters: one\)" on target "616122292874576"'
        $text | Should -Match 'add a note \(3 characters: one\)" on target "616122292874581"'
        $text | Should -Match 'updated 616122292874581'
        $text | Should -Not -Match 'updated 616122292874576'
        $text | Should -Match 'notes 1 2'
    }
}

Describe 'What a journal has as done' {
    BeforeAll {
        $null = Connect-PartnerCenter -Emulator
        $journal = Join-Path $TestDrive 'done.jsonl'
        $rows = Get-Row 'Id,Note', "$(Get-SampleId 0),one", "$(Get-SampleId 1),two"
        $rows[0] | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        $kept = [IO.File]::ReadAllBytes($journal)
    }

    AfterAll { Disconnect-PartnerCenter }

    It 'is left out of -WhatIf, which writes nothing' {
        $file = Join-Path $TestDrive 'rehearsal.txt'
        $null = Start-Transcript $file -Force
        try { $rows | Update-PartnerServiceRequest -JournalPath $journal -WhatIf 6>$null } finally { $null = Stop-Transcript }
        $said = @([IO.File]::ReadAllLines($file) -match '^What if')
        $said | Should -HaveCount 1
        $said[0] | Should -Match 'characters: two'
        [IO.File]::ReadAllBytes($journal) | Should -Be $kept
        Update-PartnerServiceRequest (Get-SampleId 2) -Note x -JournalPath (Join-Path $TestDrive 'new.jsonl') -WhatIf
        Join-Path $TestDrive 'new.jsonl' | Should -Not -Exist
    }

    It 'is not asked about with -Confirm, and the rest is done' {
        $updated = & { $ConfirmPreference = 'Low'; $rows | Update-PartnerServiceRequest -JournalPath $journal -Confirm:$false 6>$null }
        $updated.Id | Should -Be (Get-SampleId 1)
    }

    It 'shows the title where it is known' {
        $null = Get-PartnerServiceRequest (Get-SampleId 0)
        $file = Join-Path $TestDrive 'transcript.txt'
        $null = Start-Transcript $file -Force
        try { Update-PartnerServiceRequest (Get-SampleId 0) -Note one -WhatIf } finally { $null = Stop-Transcript }
        [IO.File]::ReadAllText($file) | Should -Match "`"$(Get-SampleId 0) Mailbox migration stalls`""
    }
}
