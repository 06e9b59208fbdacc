# Ctrl+C, as the host stops a pipeline: it ends at once, nothing new is sent, and the journal says what is not known.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Stopping a run' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
        $context = Get-PartnerContext
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($ManifestPath, $context, $journal)
                Import-Module $ManifestPath
                0..50 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * $_; Note = 'x' } } |
                    Update-PartnerServiceRequest -JournalPath $journal -ThrottleLimit 3 -Connection $context
            }).AddArgument($ManifestPath).AddArgument($context).AddArgument($journal)
    }

    AfterEach {
        $shell.Dispose()
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'ends it, sends nothing new, and journals what was under way as unknown' {
        Set-TestFault $server -Method PATCH -Ending Silence
        $running = $shell.BeginInvoke()
        Wait-TestCall $server PATCH 3
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $entries = Get-PartnerServiceRequestJournal $journal
        $entries.Outcome | Should -Be Unknown, Unknown, Unknown
        $entries.EndedAt | Should -Not -Contain $null
        Get-TestCall $server PATCH | Should -HaveCount 3
    }

    It 'that has the journal: another run is refused it meanwhile, and it can be read' {
        Set-TestFault $server -Method PATCH -Ending Silence -Applies
        $running = $shell.BeginInvoke()
        Wait-TestCall $server PATCH 3
        { Update-PartnerServiceRequest (Get-SampleId 0) -Note x -JournalPath $journal } | Should -Throw -ErrorId 'JournalInUse*'
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Unknown, Unknown, Unknown
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
    }

    It 'downstream, early, sends no more than was under way' {
        $updated = 0..199 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 20); Note = "n$_" } } |
            Update-PartnerServiceRequest -ThrottleLimit 2 | Select-Object -First 1
        $updated | Should -HaveCount 1
        Get-TestUpdateCount $server | Should -BeIn (1..199)
    }
}
