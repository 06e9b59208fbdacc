# One connection in several runspaces, and requests that come from another process.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'A connection in other runspaces' {
    BeforeEach {
        $context = Connect-PartnerCenter -Emulator
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'serves ForEach-Object -Parallel' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $ids = 0..11 | ForEach-Object { Get-SampleId $_ }
        $updated = $ids | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:ManifestPath
            Update-PartnerServiceRequest -Id $_ -Note "for $_" -Connection $using:context
        }
        $updated.Id | Sort-Object | Should -Be $ids
        $updated | ForEach-Object { $_.GetType().FullName } | Sort-Object -Unique | Should -Be 'PartnerCenterSR.ServiceRequest'
        (Get-AddedNote).Text | Should -Be ($ids | ForEach-Object { "for $_" })
    }

    It 'serves Start-ThreadJob' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $job = Start-ThreadJob {
            Import-Module $using:ManifestPath
            Get-PartnerServiceRequest -Connection $using:context -Status Open -First 2 | Update-PartnerServiceRequest -Note 'from a job' -Connection $using:context
        }
        $updated = $job | Receive-Job -Wait -AutoRemoveJob
        $updated.Count | Should -Be 2
        (Get-AddedNote).Text | Should -Be 'from a job', 'from a job'
    }

    It 'is not the current one there' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $job = Start-ThreadJob {
            Import-Module $using:ManifestPath
            Get-PartnerContext
            try { Get-PartnerServiceRequest } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
        }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'NotConnected'
    }

    It 'stays when another runspace connects for itself and ends' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $job = Start-ThreadJob {
            Import-Module $using:ManifestPath
            (Connect-PartnerCenter -Emulator).Endpoint.AbsoluteUri
        }
        $other = $job | Receive-Job -Wait -AutoRemoveJob
        $other | Should -Not -Be $context.Endpoint.AbsoluteUri
        [object]::ReferenceEquals((Get-PartnerContext), $context) | Should -BeTrue
        (Get-PartnerServiceRequest -First 1).Id | Should -Be (Get-SampleId 0)
    }

    It 'stays when another runspace removes the module' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $lines = Invoke-Fresh '
            Connect-PartnerCenter -Emulator | Out-Null
            Start-ThreadJob { Import-Module $using:ManifestPath; Get-PartnerContext; Remove-Module PartnerCenterSR } | Receive-Job -Wait -AutoRemoveJob
            (Get-PartnerServiceRequest -First 1).Id
            Update-PartnerServiceRequest 616122292874576 -Note one | ForEach-Object { $_.Notes[-1].Text }'
        $lines | Should -Be (Get-SampleId 0), 'one'
    }
}

Describe 'Requests of a background job' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $job = Start-Job -ArgumentList $ManifestPath {
            param($ManifestPath)
            Import-Module $ManifestPath
            Connect-PartnerCenter -Emulator | Out-Null
            Get-PartnerServiceRequest -Status Open -First 3
        }
        $requests = $job | Receive-Job -Wait -AutoRemoveJob
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'come back with what they had' {
        $requests.Count | Should -Be 3
        $requests[0].PSTypeNames | Should -Contain 'Deserialized.PartnerCenterSR.ServiceRequest'
        $requests[0].Title | Should -Be 'Mailbox migration stalls'
    }

    It 'get the note and nothing else when piped to Update-PartnerServiceRequest' {
        $requests | ForEach-Object { Update-PartnerServiceRequest -Id $_.Id -Status Closed } | Out-Null
        $updated = $requests | Update-PartnerServiceRequest -Note one
        $updated.Id | Should -Be $requests.Id
        $updated.Status | Should -Be Closed, Closed, Closed
        (Get-AddedNote).Text | Should -Be 'one', 'one', 'one'
    }
}
