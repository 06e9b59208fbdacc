# States and severities go out in the form that the service reads: its references have words and numbers.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    function Get-Body($Server) { Get-TestCall $Server PATCH | ForEach-Object { $_.body } }
}

Describe 'An update of a service whose form nobody has seen' {
    AfterEach {
        Disconnect-PartnerCenter -ErrorAction Ignore
        Stop-TestServer $server
    }

    BeforeEach { $ids = 0..2 | ForEach-Object { Get-SampleId $_ } }

    It 'is written in words' {
        $server = Start-TestServer
        Connect-TestServer $server
        Update-PartnerServiceRequest $ids[0] -Status Closed -Severity Minimal | Out-Null
        Get-Body $server | Should -Be '{"Status":"closed","Severity":"minimal"}'
    }

    It 'goes once more as a number where the words were refused with <Name>, and then always' -ForEach @(
        @{ Name = 'the code of an enum'; Refusal = '900126' }
        @{ Name = 'the code of a property'; Refusal = '3000' }
        @{ Name = 'a validation error'; Refusal = '{"title":"One or more validation errors occurred.","status":400,"errors":{"$.Status":["The JSON value could not be converted to System.Int32."]}}' }
        @{ Name = 'a validation error by its plain name'; Refusal = '{"status":400,"errors":{"status":"not a number"}}' }
    ) {
        $server = Start-TestServer -Disguise @{ reads = 'numbers'; refusesWith = $Refusal } -Generation Older
        Connect-TestServer $server -MaximumRetryCount 0
        Update-PartnerServiceRequest $ids[0] -Note 'Closed by us.' -Status AttentionNeeded -ErrorAction Stop | Out-Null
        $ids[1..2] | Update-PartnerServiceRequest -Note 'Closed by us.' -Status AttentionNeeded -ThrottleLimit 1 -ErrorAction Stop | Out-Null
        Get-Body $server | Should -Be (@('{"NewNote":{"Text":"Closed by us."},"Status":"attention_needed"}') + @('{"NewNote":{"Text":"Closed by us."},"Status":3}') * 3)
        $ids | ForEach-Object { Get-TestNote $server $_ | Should -Be 'Closed by us.'; Get-TestValue $server $_ status | Should -Be 'attention_needed' }
        $calls = Get-TestCall $server PATCH
        $calls[0].requestId | Should -Not -Be $calls[1].requestId
        $calls[0].headers.'MS-CorrelationId' | Should -Be $calls[1].headers.'MS-CorrelationId'
    }

    It 'has the id of the sending that landed in the journal' {
        $server = Start-TestServer -Disguise @{ reads = 'numbers' } -Generation Older
        Connect-TestServer $server
        $journal = Join-Path $TestDrive 'forms.jsonl'
        Update-PartnerServiceRequest $ids[0] -Note 'Closed by us.' -Status Closed -JournalPath $journal | Out-Null
        $entries = @(Get-PartnerServiceRequestJournal $journal)
        $entries | Should -HaveCount 1
        $entries[0].Outcome | Should -Be 'Succeeded'
        $entries[0].RequestId | Should -Be (Get-TestCall $server PATCH)[-1].requestId
        $entries[0].Attempts | Should -Be 2
    }

    It 'fails with the first refusal where both forms are refused' {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -Status 400 -Body '{"code":"3000","description":"The first."}' -To 1
        Set-TestFault $server -Method PATCH -Status 400 -Body '{"code":"3000","description":"The second."}' -From 1
        Update-PartnerServiceRequest $ids[0] -Status Closed -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be 'InvalidRequest'
        "$failed" | Should -BeLike '*The first*'
        Get-Body $server | Should -Be '{"Status":"closed"}', '{"Status":2}'
    }

    It 'is not tried again where it names no state, or another error came' -ForEach @(
        @{ Update = @{ Title = 'x' }; Refusal = '{"code":"3000","description":"No."}' }
        @{ Update = @{ Status = 'Closed' }; Refusal = '{"code":"2004","description":"No."}' }
        @{ Update = @{ Status = 'Closed'; Title = 'x' }; Refusal = '{"status":400,"errors":{"Title":["Too long."]}}' }
    ) {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -Status 400 -Body $Refusal
        Update-PartnerServiceRequest $ids[0] @Update -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'InvalidRequest'
        @(Get-Body $server) | Should -HaveCount 1
    }
}

Describe 'An update of a service whose answers were seen' {
    AfterEach {
        Disconnect-PartnerCenter -ErrorAction Ignore
        Stop-TestServer $server
    }

    It 'is written as its <Generation> answers are' -ForEach @(
        @{ Generation = 'Current'; Body = '{"Status":2}' }
        @{ Generation = 'Older'; Body = '{"Status":"closed"}' }
    ) {
        $server = Start-TestServer -Generation $Generation
        Connect-TestServer $server
        Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Status Closed | Out-Null
        Get-Body $server | Should -Be $Body
    }

    It 'is written as was accepted, whatever the answers say then' {
        $server = Start-TestServer -Disguise @{ reads = 'words' }
        Connect-TestServer $server
        $ids = 0..2 | ForEach-Object { Get-SampleId $_ }
        Get-PartnerServiceRequest $ids[0] | Out-Null
        $ids | Update-PartnerServiceRequest -Status Closed -ThrottleLimit 1 -ErrorAction Stop | Out-Null
        Get-Body $server | Should -Be '{"Status":2}', '{"Status":"closed"}', '{"Status":"closed"}', '{"Status":"closed"}'
    }
}

Describe 'A run on a service that reads numbers only' {
    It 'lands every row, however many are under way when the first words are refused' {
        $server = Start-TestServer -Disguise @{ reads = 'numbers' } -Generation Older -Count 40
        try {
            Connect-TestServer $server -MaximumRetryCount 0
            $ids = 0..39 | ForEach-Object { Get-SampleId $_ }
            $ids | Update-PartnerServiceRequest -Note 'n' -Status AttentionNeeded -Severity Minimal -ThrottleLimit 8 -ErrorAction Stop | Should -HaveCount 40
            Get-TestUpdateCount $server | Should -Be 40
            @(Get-Body $server | Where-Object { $_ -match 'attention' }).Count | Should -BeLessOrEqual 8
        }
        finally {
            Disconnect-PartnerCenter
            Stop-TestServer $server
        }
    }
}
