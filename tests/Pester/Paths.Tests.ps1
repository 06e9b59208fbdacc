# Paths as PowerShell has them: its errors, its providers, names with brackets, and never another file than the one meant.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'A path' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $folder
        Push-Location -LiteralPath $folder
        foreach ($name in 'a.csv', 'b.csv') { Set-Content -LiteralPath (Join-Path $folder $name) -Value 'Id,Note', "$(Get-SampleId 0),$name" }
        Set-Content -LiteralPath (Join-Path $folder 'data.json') -Value '[{"id":"42"}]'
        $id = Get-SampleId 0
        Update-PartnerServiceRequest $id -Note before -JournalPath (Join-Path $folder 'run[2026].jsonl') | Out-Null
        Update-PartnerServiceRequest $id -Note before -JournalPath (Join-Path $folder 'runs.jsonl') | Out-Null
    }

    AfterEach {
        Pop-Location
        Disconnect-PartnerCenter
    }

    It 'that <What> fails in <Command> with <ErrorId>, and has the path as its target' -ForEach @(
        foreach ($command in @(
                @{ Command = 'Update-PartnerServiceRequest -Path'; Wild = $true; Several = '?.csv' }
                @{ Command = 'Update-PartnerServiceRequest -LiteralPath' }
                @{ Command = 'Get-PartnerServiceRequestJournal -Path'; Wild = $true }
                @{ Command = 'Get-PartnerServiceRequestJournal -LiteralPath' }
                @{ Command = 'Connect-PartnerCenter -Emulator -EmulatorData'; Wild = $true; Several = '?.csv' }
            )) {
            $command + @{ What = 'is not there'; Path = './none.csv'; ErrorId = 'PathNotFound'; Category = 'ObjectNotFound' }
            $command + @{ What = 'is on no drive'; Path = 'Nowhere:/x.csv'; ErrorId = 'PathNotFound'; Category = 'ObjectNotFound' }
            $command + @{ What = 'is of another provider'; Path = 'Variable:PID'; ErrorId = 'ReadWriteFileNotFileSystemProvider'; Category = 'InvalidArgument' }
            if ($command.Wild) { $command + @{ What = 'is a pattern without a match'; Path = 'none*.csv'; ErrorId = 'PathNotFound'; Category = 'ObjectNotFound' } }
            if ($command.Several) { $command + @{ What = 'matches several files'; Path = $command.Several; ErrorId = 'ReadWriteMultipleFilesNotSupported'; Category = 'InvalidArgument' } }
        }
    ) {
        $failed = $null
        try { $given = Invoke-Expression "$Command '$Path'" } catch { $failed = $_ }
        $given | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be $ErrorId
        $failed.CategoryInfo.Category | Should -Be $Category
        $failed.TargetObject | Should -Be $Path
    }

    It 'that is relative while the location is on another provider is refused: <_>' -ForEach @(
        'Update-PartnerServiceRequest -LiteralPath a.csv', 'Update-PartnerServiceRequest $id -Note x -JournalPath ./j.jsonl'
        'Get-PartnerServiceRequestJournal -LiteralPath runs.jsonl'
    ) {
        $before = Get-ChildItem -LiteralPath ([Environment]::CurrentDirectory) -Name
        Set-Location Env:
        { Invoke-Expression $_ } | Should -Throw -ErrorId 'ReadWriteFileNotFileSystemProvider,*'
        { Update-PartnerServiceRequest -Path a.csv } | Should -Throw -ErrorId 'PathNotFound,*'
        Set-Location -LiteralPath $folder
        (Get-AddedNote).Text | Should -Be 'before', 'before'
        Get-ChildItem -LiteralPath ([Environment]::CurrentDirectory) -Name | Should -Be $before
    }

    It 'of a folder cannot be opened: <_>' -ForEach 'Update-PartnerServiceRequest -LiteralPath .', 'Update-PartnerServiceRequest $id -Note x -JournalPath .', 'Get-PartnerServiceRequestJournal -LiteralPath .' {
        { Invoke-Expression $_ } | Should -Throw -ErrorId 'FileOpenFailure,*'
    }

    It 'with brackets is read as it was written, with -LiteralPath, by property name and from Get-ChildItem' {
        (Get-PartnerServiceRequestJournal -LiteralPath 'run[2026].jsonl').Note | Should -Be 'before'
        (Get-ChildItem -LiteralPath $folder -Filter 'run*2026*' | Get-PartnerServiceRequestJournal).Note | Should -Be 'before'
        ([pscustomobject]@{ PSPath = Join-Path $folder 'run[2026].jsonl' } | Get-PartnerServiceRequestJournal).Note | Should -Be 'before'
    }

    It 'with brackets is no match as a pattern, which is told' {
        { Get-PartnerServiceRequestJournal 'run[2026].jsonl' } | Should -Throw -ErrorId 'PathNotFound,*'
        (Get-PartnerServiceRequestJournal 'run*.jsonl').Note | Should -Be 'before', 'before'
    }
}
