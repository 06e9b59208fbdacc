# What Get-PartnerServiceRequest gives, and how little it asks for.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-PartnerServiceRequest' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'gives every request once, over all pages' {
        (Get-PartnerServiceRequest -PageSize 5).Id | Sort-Object | Should -Be (0..23 | ForEach-Object { Get-SampleId $_ })
    }

    It 'stops where Select-Object has enough, and asks for no second page' {
        $all = & { Get-PartnerServiceRequest -PageSize 5 -Verbose | Select-Object -First 3 } 4>&1
        @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -match '^GET ' }).Count | Should -Be 1
        @($all | Where-Object { $_ -is [PartnerCenterSR.ServiceRequest] }).Count | Should -Be 3
    }

    It 'asks for no second page with -First either' {
        $all = & { Get-PartnerServiceRequest -PageSize 5 -First 5 -Verbose } 4>&1
        @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -match '^GET ' }).Count | Should -Be 1
        @($all | Where-Object { $_ -is [PartnerCenterSR.ServiceRequest] }).Count | Should -Be 5
    }

    It 'skips and takes as a window on the same list' {
        $all = Get-PartnerServiceRequest
        (Get-PartnerServiceRequest -Skip 4 -First 3 -PageSize 2).Id | Should -Be $all[4..6].Id
    }

    It 'tells the total count first' {
        $total, $rest = Get-PartnerServiceRequest -First 2 -IncludeTotalCount
        "$total" | Should -Match '\b24\b'
        $rest.Count | Should -Be 2
    }

    It 'filters by several states' {
        $found = Get-PartnerServiceRequest -Status Closed, attention_needed
        $found.Count | Should -BeGreaterThan 2
        $found.Status | Sort-Object -Unique | Should -Be Closed, AttentionNeeded
    }

    It 'filters by title with wildcards' {
        (Get-PartnerServiceRequest -Title '*MIGRATION*').Title | Sort-Object -Unique | Should -Be 'Mailbox migration stalls'
    }

    It 'agrees with Where-Object' {
        $found = Get-PartnerServiceRequest -Status Open -Severity Critical
        $found.Id | Should -Be (Get-PartnerServiceRequest | Where-Object { $_.Status -eq 'Open' -and $_.Severity -eq 'Critical' }).Id
    }

    It 'gives several ids in the order asked for' {
        $ids = 9, 2, 17 | ForEach-Object { Get-SampleId $_ }
        (Get-PartnerServiceRequest -Id $ids).Id | Should -Be $ids
        ($ids | Get-PartnerServiceRequest).Id | Should -Be $ids
    }

    It 'reports a missing id, and the rest still come' {
        $ids = (Get-SampleId 0), '616122292999999', (Get-SampleId 1)
        $found = Get-PartnerServiceRequest -Id $ids -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Id | Should -Be (Get-SampleId 0), (Get-SampleId 1)
        Get-ErrorId $failed | Should -Be 'NotFound'
        $failed[0].TargetObject | Should -Be '616122292999999'
    }

    It 'takes ids from a CSV file with the header <_>' -ForEach 'Id', 'ServiceRequestId', 'RequestId' {
        (Get-Row "$_,Note", "$(Get-SampleId 3),x", "$(Get-SampleId 1),x" | Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 3), (Get-SampleId 1)
    }

    It 'takes requests from the list to read them with their notes' {
        $found = Get-PartnerServiceRequest -Status Closed -First 2 | Get-PartnerServiceRequest
        $found.Id | Should -Be (Get-SampleId 2), (Get-SampleId 6)
        $found | ForEach-Object { $_.Notes.Count } | Should -Be 1, 1
    }

    It 'takes requests that Import-Clixml gave' {
        $file = Join-Path $TestDrive 'requests.xml'
        Get-PartnerServiceRequest -Status Closed -First 2 | Export-Clixml -LiteralPath $file
        (Import-Clixml -LiteralPath $file | Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 2), (Get-SampleId 6)
    }

    It 'has the notes only where they were asked for' {
        (Get-PartnerServiceRequest -First 1 -IncludeNotes).Notes.Count | Should -Be 1
        (Get-PartnerServiceRequest (Get-SampleId 0)).Notes[0].Text | Should -Be 'We have received your request.'
    }

    It 'asks for the requests of one customer' {
        $customer = (Get-PartnerServiceRequest (Get-SampleId 1)).Organization
        $found = Get-PartnerServiceRequest -CustomerId $customer.Id
        $found.Count | Should -Be 6
        $found.Organization.Name | Sort-Object -Unique | Should -Be $customer.Name
    }
}

Describe 'A copy of the requests for the emulator' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $copy = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.json')
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'comes back the same' {
        Update-PartnerServiceRequest (Get-SampleId 0) -Note 'quotes " and more' -Status AttentionNeeded | Out-Null
        $before = Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8
        Set-Content -LiteralPath $copy -Value $before -Encoding UTF8
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8 | Should -BeExactly $before
    }

    It 'can be of a single request' {
        Get-PartnerServiceRequest (Get-SampleId 3) | ConvertTo-Json -Depth 8 | Set-Content -LiteralPath $copy -Encoding UTF8
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        (Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 3)
    }

    It 'is left alone by what is done to it' {
        Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8 | Set-Content -LiteralPath $copy -Encoding UTF8
        $before = (Get-FileHash -LiteralPath $copy).Hash
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        Update-PartnerServiceRequest (Get-SampleId 0) -Note one | Out-Null
        (Get-FileHash -LiteralPath $copy).Hash | Should -Be $before
    }

    It 'that holds no requests is refused, and leaves no connection' {
        Set-Content -LiteralPath $copy -Value 'no json'
        { Connect-PartnerCenter -Emulator -EmulatorData $copy } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-PartnerContext | Should -BeNullOrEmpty
    }

    It 'that is missing is refused, and leaves no connection' {
        { Connect-PartnerCenter -Emulator -EmulatorData (Join-Path $TestDrive 'missing.json') } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-PartnerContext | Should -BeNullOrEmpty
    }
}
