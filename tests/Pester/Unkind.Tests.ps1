# What strangers who tried to break a run found: each once broke a promise.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $id = Get-SampleId 0

    # Begins a run in a runspace of its own, and stops it as Ctrl+C does when so many updates have come.
    function Stop-Run([string]$Script, $Server, [int]$Calls, [object[]]$Argument) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$m, `$s, `$a) Import-Module `$m; `$null = Connect-PartnerCenter -AccessToken `$s.token -Endpoint `$s.endpoint -SkipValidation -SettleTimeSec 0; $Script").AddArgument($ManifestPath).AddArgument($Server).AddArgument($Argument)
        $running = $shell.BeginInvoke()
        Wait-TestCall $Server -Method PATCH -Count $Calls
        $shell.Stop()
        $shell.Dispose()
    }
}

Describe 'A run' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'with -SkipUnchanged that is stopped and resumed sends nothing that it had left out' {
        # The note was there long before; that the service keeps its dates is shown by another note of the same run.
        $old = Start-TestServer -ForgetsRequestIds -Data @{ id = $id; title = 't'; status = 'open'; notes = @(@{ text = 'hello'; createdDate = '2020-01-01T00:00:00Z' }); lastModifiedDate = '2020-01-01T00:00:00Z' }
        $rows = [pscustomobject]@{ Id = $id; Note = 'first' }, [pscustomobject]@{ Id = $id; Note = 'hello'; Status = 'Closed' }
        Set-TestFault $old -Method PATCH -From 2 -To 2 -Applies -Ending Silence
        Stop-Run '$a[0] | Update-PartnerServiceRequest -JournalPath $a[1] -SkipUnchanged' $old 2 @($rows, $journal)
        Connect-TestServer $old
        $rows | Update-PartnerServiceRequest -JournalPath $journal -SkipUnchanged -ErrorAction SilentlyContinue 6>$null | Out-Null
        @(Get-TestCall $old -Method PATCH).body | Should -Not -Match 'hello'
        Get-TestValue $old $id status | Should -Be closed
        Stop-TestServer $old
    }

    It 'by a customer''s route is the same run as by the partner''s, to a journal' {
        $customer = (Get-PartnerServiceRequest $id).Organization.Id
        [pscustomobject]@{ Id = $id; Note = 'dear customer' } | Update-PartnerServiceRequest -JournalPath $journal | Out-Null
        [pscustomobject]@{ Id = $id; Note = 'dear customer'; CustomerId = $customer } | Update-PartnerServiceRequest -JournalPath $journal 6>$null | Should -BeNullOrEmpty
        @(Get-TestNote $server $id) | Should -HaveCount 1
    }

    It 'takes no other request''s answer for its own: <Name>' -ForEach @(
        @{ Name = 'read'; Do = { Get-PartnerServiceRequest $id -ErrorAction SilentlyContinue | Update-PartnerServiceRequest -Status Closed } }
        @{ Name = 'updated'; Do = { Update-PartnerServiceRequest $id -Status Closed -WarningAction SilentlyContinue } }
    ) {
        Connect-TestServer $server -MaximumRetryCount 0
        $other = Get-SampleId 11
        Set-TestFault $server -Address $id -Status 200 -Body "{`"id`":`"$other`",`"title`":`"Other`",`"status`":`"closed`",`"notes`":[]}"
        (& $Do).Id | Should -Not -Be $other
        @(Get-TestCall $server -Method PATCH | Where-Object path -Match $other) | Should -BeNullOrEmpty
        Get-TestUpdateCount $server | Should -Be 0
    }

    It 'at a service that answers 503 with Retry-After to all ends as at any that is down' {
        Connect-TestServer $server -MaximumOutageSec 3 -MaximumRetryCount 3
        Set-TestFault $server -Status 503 -Header @{ 'Retry-After' = '1' }
        $ended = try { 0..19 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = 'n' } } | Update-PartnerServiceRequest -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue 6>$null } catch { $_ }
        Get-ErrorId $ended | Should -Be 'ServiceDown'
        "$warned" | Should -Match 'does not answer'
        @(Get-TestCall $server).Count | Should -BeLessThan 40
    }

    It 'ends with ServiceDown also where all that came was under way already' {
        Connect-TestServer $server -MaximumOutageSec 1 -MaximumRetryCount 2
        Set-TestFault $server -Status 503
        $ended = try { 0..5 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = 'n' } } | Update-PartnerServiceRequest -ThrottleLimit 8 -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>$null } catch { $_ }
        Get-ErrorId $ended | Should -Be 'ServiceDown'

        # On a slow machine one of them may not have left before it was over.
        "$ended" | Should -Match 'Done: 0\. Failed: 0\. Not known: [1-6]\. Not sent: [0-5]'
        $told = [regex]::Match("$ended", 'Not known: (\d)\. Not sent: (\d)')
        [int]$told.Groups[1].Value + [int]$told.Groups[2].Value | Should -Be 6
    }

    It 'tells of a null among ids, and goes on' {
        $updated = Update-PartnerServiceRequest -Id $id, $null, (Get-SampleId 12) -Note n -ErrorVariable failed -ErrorAction SilentlyContinue
        $updated.Id | Should -Be $id, (Get-SampleId 12)
        Get-ErrorId $failed | Should -Be 'InvalidId'
    }

    It 'with -Quiet that ends early names what landed, and says what it did' {
        $lines = Invoke-Fresh "
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint) -SkipValidation
            try { 0..14 | ForEach-Object { if (`$_ -eq 12) { while ((Get-PartnerServiceRequest $(Get-SampleId 11)).Notes.Count -lt 2) { }; throw 'upstream' }; [pscustomobject]@{ Id = 616122292874576 + 5 * `$_; Note = 'n' } } | Update-PartnerServiceRequest -Quiet } catch { }"
        $landed = Get-TestUpdateCount $server
        $text = $lines -join ' '
        $updated = if ($text -match '(\d+) updated') { [int]$Matches[1] } else { 0 }
        $unknown = if ($text -match '(\d+) not known') { [int]$Matches[1] } else { 0 }
        $landed | Should -BeIn ($updated..($updated + $unknown))
        $updated | Should -BeGreaterThan 0
        foreach ($call in Get-TestCall $server -Method PATCH) { $text | Should -Match ($call.path -replace '.*/') }
    }

    It 'of several files says what of the earlier ones landed where a later one is bad' {
        $files = 1..2 | ForEach-Object { Join-Path $TestDrive "$_.csv" }
        Set-Content $files[0] (@('Id,Note') + (0..11 | ForEach-Object { "$(Get-SampleId $_),n" }))
        Set-Content $files[1] 'Id,Note', 'bad,n'
        $lines = Invoke-Fresh "
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint) -SkipValidation
            try { Get-Item '$($files[0])', '$($files[1])' | Update-PartnerServiceRequest | Out-Null } catch { `$_.FullyQualifiedErrorId.Split(',')[0]; `$_.Exception.Message }"
        $text = $lines -join ' '
        $text | Should -Match 'InvalidCsv'
        $text | Should -Match 'nothing of this file was sent'
        $landed = Get-TestUpdateCount $server
        # On a busy machine the last answers may not come in the time that is left: then they are not known.
        $updated = if ($text -match '(\d+) updated') { [int]$Matches[1] } else { 0 }
        $unknown = if ($text -match '(\d+) not known') { [int]$Matches[1] } else { 0 }
        $notSent = if ($text -match '(\d+) not sent') { [int]$Matches[1] } else { 0 }
        $updated + $unknown + $notSent | Should -Be 12
        $landed | Should -BeIn ($updated..($updated + $unknown))
    }

    It 'that ends before its piped input says so' {
        $ending = Start-TestServer -MfaFrom 1
        Connect-TestServer $ending
        $ended = try { 0..2999 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 24); Note = "n$_" } } | Update-PartnerServiceRequest -ErrorAction SilentlyContinue 6>$null } catch { $_ }
        Stop-TestServer $ending
        "$ended" | Should -Match 'The rest of the input was not read'
    }
}

Describe 'A list' {
    It 'of an empty list of customers is refused' {
        $null = Connect-PartnerCenter -Emulator
        { Get-PartnerServiceRequest -CustomerId @() } | Should -Throw -ErrorId 'InvalidId*'
        Disconnect-PartnerCenter
    }

    It 'of customers tells of a bad one, and the others still come' {
        $server = Start-TestServer
        Connect-TestServer $server
        $good = '01234567-89ab-cdef-0123-456789abcdef'
        'bad', $good | ForEach-Object { [pscustomobject]@{ TenantId = $_ } } | Get-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction Ignore | Out-Null
        Get-ErrorId $failed | Should -Be 'InvalidId'
        @((Get-TestCall $server).path) | Should -Be "/v1/customers/$good/servicerequests"
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'is not taken for an element of XML, whose id is its identity' {
        $null = Connect-PartnerCenter -Emulator
        (([xml]"<a Id='$id'/>").a | Get-PartnerServiceRequest).Id | Should -Be $id
        Disconnect-PartnerCenter
    }
}

Describe 'A customer''s route that leads nowhere' {
    BeforeEach {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        $customer = (Get-PartnerServiceRequest $id).Organization.Id
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'is left for the partner''s, for the same request and from then on: <_>' -ForEach 404, 405 {
        Set-TestFault $server -Address customers -Status $_
        $updated = [pscustomobject]@{ Id = $id; Note = 'one'; CustomerId = $customer }, [pscustomobject]@{ Id = $id; Note = 'two'; CustomerId = $customer } | Update-PartnerServiceRequest
        $updated | Should -HaveCount 2
        (Get-PartnerServiceRequest $id -CustomerId $customer).Id | Should -Be $id
        @(Get-TestNote $server $id) | Should -Be 'one', 'two'
        @(Get-TestCall $server | Where-Object path -Match customers) | Should -HaveCount 1
    }

    It 'is not left for a request of another customer' {
        Set-TestFault $server -Address customers -Status 404
        [pscustomobject]@{ Id = $id; Note = 'n'; CustomerId = '01234567-89ab-cdef-0123-456789abcdef' } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        Get-ErrorId $failed | Should -Be 'NotFound'
        @(Get-TestNote $server $id) | Should -BeNullOrEmpty
    }
}
