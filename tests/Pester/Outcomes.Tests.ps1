# What an odd answer means: never that nothing was done, where nobody can know.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $id = Get-SampleId 0
    $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
}

Describe 'An odd answer' {
    BeforeEach {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server -MaximumRetryCount 2
    }

    AfterEach {
        Disconnect-PartnerCenter -ErrorAction Ignore
        Stop-TestServer $server
    }

    It '<_> to an update that was carried out is read back, not called a failure' -ForEach 301, 302, 303, 304, 307, 308 {
        Set-TestFault $server -Method PATCH -To 1 -Applies -Status $_ -Header @{ Location = 'https://elsewhere.example/' }
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        1..2 | ForEach-Object { Update-PartnerServiceRequest $id -Note hello -JournalPath $journal -ErrorAction SilentlyContinue 6>$null | Out-Null }
        Get-TestNote $server $id | Should -Be 'hello'
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be 'Succeeded'
    }

    It 'of 404 by a customer''s route with passing trouble behind it is no NotFound: <Status>' -ForEach @(
        @{ Status = 503; Body = '{}' }
        @{ Status = 429; Body = '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 0 seconds."}' }
    ) {
        Set-TestFault $server -Address '/customers/' -Status 404 -Body '{"code":"1000"}'
        Set-TestFault $server -Method GET -Address '/v1/servicerequests/' -To 1 -Status $Status -Body $Body
        (Get-PartnerServiceRequest $id -CustomerId $customer).Id | Should -Be $id
        Disconnect-PartnerCenter
        Reset-TestFault $server
        Connect-TestServer $server -MaximumRetryCount 2
        Set-TestFault $server -Address '/customers/' -Status 404 -Body '{"code":"1000"}'
        Set-TestFault $server -Method GET -Address '/v1/servicerequests/' -To 1 -Status $Status -Body $Body
        (Update-PartnerServiceRequest $id -CustomerId $customer -Note once).Id | Should -Be $id
        Get-TestNote $server $id | Should -Be 'once'
    }

    It 'of 404 by a customer''s route with a demand for MFA behind it ends the run with that' {
        Set-TestFault $server -Address '/customers/' -Status 404 -Body '{"code":"1000"}'
        Set-TestFault $server -Method GET -Address '/v1/servicerequests/' -Status 401 -Body '{"code":"900421"}'
        { Update-PartnerServiceRequest $id -CustomerId $customer -Note once } | Should -Throw -ErrorId 'MfaRequired*'
    }

    It 'that echoes the token in its ids gives none of it away' {
        Set-TestFault $server -Status 403 -Header @{ 'MS-CorrelationId' = $server.token; 'MS-RequestId' = $server.token } -Body '{}'
        Get-PartnerServiceRequest $id -ErrorVariable failed -ErrorAction SilentlyContinue
        [Management.Automation.PSSerializer]::Serialize($failed[0], 5) + ($failed[0] | Format-List * -Force | Out-String -Width 500) | Should -Not -Match ([regex]::Escape($server.token))
        [Guid]$failed[0].Exception.CorrelationId | Should -Not -BeNullOrEmpty
    }

    It 'that asks for a pause beyond all measure is not hammered: <Name>' -ForEach @(
        @{ Name = 'a header'; Header = @{ 'Retry-After' = '99999999999' }; Body = '{}' }
        @{ Name = 'more than fits'; Header = @{ 'Retry-After' = '9' * 40 }; Body = '{}' }
        @{ Name = 'words'; Header = @{}; Body = '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 99999999999 seconds."}' }
    ) {
        Set-TestFault $server -Status 429 -Header $Header -Body $Body
        Get-PartnerServiceRequest $id -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'Throttled'
        @(Get-TestCall $server).Count | Should -Be 1
    }
}

Describe 'The rest of an update that landed by half' {
    It 'is in the journal with its own id before it goes out' {
        $server = Start-TestServer -Generation Older -Disguise @{ losesStatus = 1 }
        try {
            Connect-TestServer $server
            Set-TestFault $server -Method PATCH -To 1 -Applies -Ending Cut
            Set-TestFault $server -Method PATCH -From 1 -Holds
            $journal = Join-Path $TestDrive 'half.jsonl'
            $run = [powershell]::Create().AddScript('param($m, $s, $j) Import-Module $m; $null = Connect-PartnerCenter -AccessToken $s.token -Endpoint $s.endpoint -SkipValidation -SettleTimeSec 0
                Update-PartnerServiceRequest 616122292874576 -Note hello -Status Closed -JournalPath $j').AddArgument($ManifestPath).AddArgument($server).AddArgument($journal)
            $running = $run.BeginInvoke()
            Wait-TestCall $server PATCH 2
            $rest = (Get-TestCall $server PATCH)[1]
            $stream = [IO.File]::Open($journal, 'Open', 'Read', 'ReadWrite')
            $intents = @((New-Object IO.StreamReader $stream).ReadToEnd() -split "`n" -match '"intent"' | ConvertFrom-Json)
            $stream.Dispose()
            Resume-TestCall $server
            $null = $run.EndInvoke($running)
            $run.Dispose()
            $rest.body | Should -Be '{"Status":"closed"}'
            $intents[-1].requestId | Should -Be $rest.requestId
            $intents[-1].sent | Should -Be 'Status'
            (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be 'Succeeded'
        }
        finally {
            Disconnect-PartnerCenter -ErrorAction Ignore
            Stop-TestServer $server
        }
    }
}

Describe 'What stands for nothing' {
    It 'ends no connection: Disconnect-PartnerCenter $null' {
        Connect-PartnerCenter -Emulator | Out-Null
        { Disconnect-PartnerCenter $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        Get-PartnerContext | Should -Not -BeNullOrEmpty
        Disconnect-PartnerCenter
    }

    It 'is no id, in a message of some length: <Name>' -ForEach @(
        @{ Name = 'a script block in a row'; Id = { 'x' } }
        @{ Name = 'a million digits'; Id = '1' * 1000000 }
    ) {
        Connect-PartnerCenter -Emulator | Out-Null
        [pscustomobject]@{ Id = $Id; Note = 'n' } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        Disconnect-PartnerCenter
        Get-ErrorId $failed | Should -Be 'InvalidId'
        $failed[0].Exception.Message.Length | Should -BeLessThan 10000
    }
}
