# Rows that nearly say something else: none is read as what it does not say, and none costs another its turn.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $first, $second = (Get-SampleId 0), (Get-SampleId 1)
}

Describe 'A row that is sent nowhere' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'names <Name>' -ForEach @(
        @{ Name = 'two requests, the second as RequestId'; Id = 'InvalidId'; Row = { [pscustomobject]@{ Id = $first; RequestId = $second; Note = 'n' } } }
        @{ Name = 'two requests, under headers that differ by a blank'; Id = 'InvalidId'; Row = { [pscustomobject]@{ Id = $first; 'ID ' = $second; Note = 'n' } } }
        @{ Name = 'two requests, under keys that differ by case'; Id = 'InvalidId'; Row = { ConvertFrom-Json "{`"Id`":`"$first`",`"id`":`"$second`",`"Note`":`"n`"}" -AsHashtable } }
        @{ Name = 'two notes, under headers that differ by a blank'; Id = 'InvalidNote'; Row = { [pscustomobject]@{ Id = $first; Note = 'one'; 'Note ' = 'two' } } }
        @{ Name = 'an id to which a spreadsheet gave a fraction'; Id = 'MangledId'; Row = { [pscustomobject]@{ Id = '2611280010001230,00'; Note = 'n' } } }
        @{ Name = 'an id that was a double'; Id = 'MangledId'; Row = { [pscustomobject]@{ Id = [double]9161222928745761; Note = 'n' } } }
        @{ Name = 'an id that was a single'; Id = 'MangledId'; Row = { [pscustomobject]@{ Id = [single]616122292; Note = 'n' } } }
    ) -Skip:($PSEdition -eq 'Desktop') {
        $before = @(Get-AddedNote).Count
        & $Row | Update-PartnerServiceRequest -ErrorVariable problems -ErrorAction SilentlyContinue -InformationAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $problems | Should -Be $Id
        @(Get-AddedNote).Count | Should -Be $before
    }

    It 'has a state that is none, at a request whose state this version does not know' {
        $row = [pscustomobject]@{ Id = $first; Status = 'Clozed'; StatusText = 'in_progress'; Note = 'n' }
        $row | Update-PartnerServiceRequest -ErrorVariable problems -ErrorAction SilentlyContinue -InformationAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $problems | Should -Be 'InvalidStatus'
        $row.Status = 'Unknown'
        $row | Update-PartnerServiceRequest -InformationAction SilentlyContinue | Should -Not -BeNullOrEmpty
    }

    It 'does not keep the others from theirs, whatever of it is computed: <_>' -ForEach 'Title', 'StatusText' {
        $bad = [pscustomobject]@{ Id = $first; Note = 'n' } | Add-Member ScriptProperty $_ { throw 'no such thing' } -PassThru -Force
        $rows = @([pscustomobject]@{ Id = $first; Note = "before $_" }; $bad; [pscustomobject]@{ Id = $second; Note = "behind $_" })
        $null = $rows | Update-PartnerServiceRequest -ErrorAction SilentlyContinue -InformationAction SilentlyContinue
        (Get-AddedNote).Text | Should -Contain "behind $_"
    }
}

Describe 'A row that is read whole' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'has its note in the second of two columns for it' {
        "Id,Note,`"Note `"", "$first,,in the second" | ConvertFrom-Csv | Update-PartnerServiceRequest -InformationAction SilentlyContinue | Should -Not -BeNullOrEmpty
        (Get-AddedNote).Text | Should -Contain 'in the second'
    }

    It 'stands for each request that a block of several names' {
        [pscustomobject]@{ A = $first; B = $second } | Update-PartnerServiceRequest -Id { $_.A }, { $_.B } -Note 'both' -InformationAction SilentlyContinue | ForEach-Object Id | Should -Be $first, $second
        [pscustomobject]@{ Id = $first } | Update-PartnerServiceRequest -Id @() -Note 'empty' -InformationAction SilentlyContinue | ForEach-Object Id | Should -Be $first
    }

    It 'is a note of a request, and does not set the state back that this had' {
        $notes = Get-PartnerServiceRequest $first | Select-Object Id, Status -ExpandProperty Notes | Select-Object -First 1
        $null = Update-PartnerServiceRequest $first -Status Closed -InformationAction SilentlyContinue
        $null = $notes | Update-PartnerServiceRequest -Note 'an answer' -InformationAction SilentlyContinue
        (Get-PartnerServiceRequest $first).Status | Should -Be Closed
    }
}

Describe 'A file of somebody' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'is no export for a header that only looks like one of ours: <Header>' -ForEach @(
        @{ Header = 'Id,RequestId,Status Text,Note'; Row = { "$first,$second,Closed,n" } }
        @{ Header = 'Id,Note,Status,Status Text,Notes'; Row = { "$first,n,Closed,Closed,another" } }
        @{ Header = 'Id,RequestId,StatusText,Note'; Row = { "$first,$second,Closed,n" } }
        @{ Header = "Id,$([char]0xC9)tat,Note"; Row = { "$first,Closed,n" } }
    ) {
        $path = Join-Path $TestDrive 'theirs.csv'
        Set-Content -LiteralPath $path -Value $Header, (& $Row) -Encoding UTF8
        { Update-PartnerServiceRequest -Path $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidCsv*'
        Get-AddedNote | Should -BeNullOrEmpty
    }
}

Describe 'With -WhatIf by a preference that is a number' {
    It 'no journal is made' {
        $null = Connect-PartnerCenter -Emulator
        $path = Join-Path $TestDrive 'rehearsed.jsonl'
        & { $WhatIfPreference = 1; Update-PartnerServiceRequest $first -Note n -JournalPath $path }
        Test-Path -LiteralPath $path | Should -BeFalse
        Disconnect-PartnerCenter
    }
}
