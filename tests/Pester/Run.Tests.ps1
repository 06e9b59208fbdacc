# A run that knows when to stop, and says what it did.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $id = Get-SampleId 20

    # Returns once it is so, of a run that goes on.
    function Wait-Until([scriptblock]$Condition) {
        $end = [DateTime]::UtcNow.AddSeconds(30)
        while (-not (& $Condition)) {
            if ([DateTime]::UtcNow -gt $end) { throw "It did not come: $Condition" }
            $null = $running.AsyncWaitHandle.WaitOne(20)
        }
    }

    # Rows for requests whose notes are old in any time zone.
    function Get-Rows([int]$Count) { 0..($Count - 1) | ForEach-Object { [pscustomobject]@{ Id = 616122292874676 + 5 * ($_ % 40); Note = "note $_" } } }
}

Describe 'A service that is down' {
    BeforeEach {
        $server = Start-TestServer -Count 60
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
        Get-Rows 1000 | Export-Csv -LiteralPath $file -NoTypeInformation
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'from the start ends the run once, after the time it is given, with what was done and what was not' {
        Connect-TestServer $server -MaximumOutageSec 2
        Set-TestFault $server -Status 503
        $ended = $null
        try { Update-PartnerServiceRequest -Path $file -JournalPath $journal -ThrottleLimit 8 -WarningVariable warned -WarningAction SilentlyContinue -InformationVariable told 6>$null } catch { $ended = $_ }
        Get-ErrorId $ended | Should -Be 'ServiceDown'
        "$ended" | Should -BeLike '*Done: 0.*Failed: 0.*Not sent: *'
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike '*does not answer*'
        $summary = $told[0].MessageData
        $summary.Total | Should -Be 1000
        $summary.Succeeded | Should -Be 0
        ($summary.NotSent + $summary.Unknown) | Should -Be 1000
        @(Get-TestCall $server).Count | Should -BeLessThan 40
        Reset-TestFault $server
        Update-PartnerServiceRequest -Path $file -JournalPath $journal -ThrottleLimit 8 6>$null | Should -HaveCount 1000
    }

    It 'for a while in the middle makes no row fail' {
        Connect-TestServer $server
        Set-TestFault $server -From 100 -To 112 -Status 503
        $done = Update-PartnerServiceRequest -Path $file -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>$null
        $failed | Should -BeNullOrEmpty
        $done | Should -HaveCount 1000
    }

    It 'is not what one poisoned request is' {
        Connect-TestServer $server -MaximumRetryCount 2
        Set-TestFault $server -Method PATCH -Address $id -Status 500
        $done = Get-Rows 40 | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned 6>$null
        $done | Should -HaveCount 39
        Get-ErrorId $failed | Should -Be 'ServiceUnavailable'
        $warned | Should -BeNullOrEmpty
        @(Get-TestCall $server | Where-Object path -Like "*$id").Count | Should -BeLessOrEqual 8
        Get-TestCall $server | Where-Object query -Like '*size=1*' | Should -BeNullOrEmpty
    }

    It 'that asks for a pause of hours (<Status>) is not waited for, not hammered, and told' -ForEach @{ Status = 429 }, @{ Status = 503 } {
        Connect-TestServer $server
        Set-TestFault $server -Status $Status -Header @{ 'Retry-After' = '7200' }
        Get-Rows 100 | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        $failed | Should -HaveCount 100
        "$($failed[0])" | Should -BeLike '*120 min*'
        @(Get-TestCall $server).Count | Should -BeLessOrEqual 16
    }

    It 'that asks for a pause of hours in mid-run (<Status> at <Method>) gets nothing more' -ForEach @(
        @{ Status = 429; Method = 'PATCH'; Errors = 37; ErrorId = 'Throttled' }
        @{ Status = 503; Method = 'PATCH'; Errors = 37; ErrorId = 'OutcomeUnknown' }

        # What was accepted is done, although it could not be read.
        @{ Status = 429; Method = 'GET'; Errors = 36; ErrorId = 'Throttled' }
        @{ Status = 503; Method = 'GET'; Errors = 36; ErrorId = 'ServiceUnavailable' }
    ) {
        Connect-TestServer $server
        Set-TestFault $server -Method $Method -From 4 -Status $Status -Header @{ 'Retry-After' = '7200' }
        $done = @(Get-Rows 40 | Update-PartnerServiceRequest -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>$null)
        $done | Should -HaveCount 3
        $failed | Should -HaveCount $Errors
        Get-ErrorId $failed[0] | Should -Be $ErrorId
        @(Get-TestCall $server PATCH) | Should -HaveCount 4
    }

    It 'that asks for <After> goes on all the same' -ForEach @{ After = '-5' }, @{ After = '0' }, @{ After = 'Thu, 01 Jan 2004 00:00:00 GMT' }, @{ After = 'soon' } {
        Connect-TestServer $server
        Set-TestFault $server -To 1 -Status 429 -Header @{ 'Retry-After' = $After }
        Get-Rows 2 | Update-PartnerServiceRequest | Should -HaveCount 2
    }
}

Describe 'A run' {
    BeforeEach {
        $server = Start-TestServer -Count 60
        Connect-TestServer $server
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'says at its end what it did, as a line and as an object' {
        Set-TestFault $server -Method PATCH -Address $id -Status 400
        Get-Rows 12 | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue -InformationVariable told 6>$null | Out-Null
        $told | Should -HaveCount 1
        "$told" | Should -BeLike "11 updated, 1 failed in *Journal: $journal"
        $told[0].MessageData.Succeeded | Should -Be 11
        $told[0].MessageData.Failed | Should -Be 1
        Get-Rows 12 | Update-PartnerServiceRequest -JournalPath $journal -ErrorAction SilentlyContinue -InformationVariable told 6>$null | Out-Null
        $told[0].MessageData.Skipped | Should -Be 11
    }

    It 'says nothing of a few updates that went well' {
        Get-Rows 3 | Update-PartnerServiceRequest -InformationVariable told | Should -HaveCount 3
        $told | Should -BeNullOrEmpty
    }

    It 'with -SkipUnchanged is safe to repeat without a journal, and sends only what is missing' {
        $rows = @(
            [pscustomobject]@{ Id = $id; Note = 'x'; Status = 'Closed' }
            [pscustomobject]@{ Id = $id; Note = ' x '; Status = 'Closed' }
        )
        $rows | Update-PartnerServiceRequest -SkipUnchanged -JournalPath $journal 6>$null | Should -HaveCount 2
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Succeeded, Unchanged
        Get-TestNote $server $id | Should -Be x
        (Update-PartnerServiceRequest $id -Note x -Status Open -SkipUnchanged).Status | Should -Be Open
        (Get-TestCall $server PATCH)[-1].body | Should -Be '{"Status":1}'
        Update-PartnerServiceRequest $id -Note x -Status Open -SkipUnchanged -InformationVariable told | Should -HaveCount 1
        Get-TestCall $server PATCH | Should -HaveCount 2
    }

    It 'that ends in the first of several inputs counts each row of all' {
        $file = Join-Path $TestDrive 'many.csv'
        Get-Rows 40 | Export-Csv -LiteralPath $file
        Set-TestFault $server -Method PATCH -From 30 -Status 401 -Body '{"code":"900401"}'
        $ended = try { @(Get-Rows 20) + @(Get-Item -LiteralPath $file) + @(Get-Item -LiteralPath $file) | Update-PartnerServiceRequest -ThrottleLimit 1 6>$null | Out-Null } catch { $_ }
        "$ended" | Should -Match 'Done: 29\. Failed: 0\. Not known: 0\. Not sent: 71 '
        $ended = try { Update-PartnerServiceRequest -Path $file 6>$null | Out-Null } catch { $_ }
        "$ended" | Should -Match 'Done: 0\. .*Not sent: 40'
        "$ended" | Should -Not -Match 'rest of the input'
    }

    It 'that ends is told by its reason whatever stream stops' {
        # From a file: of rows in a pipe, those that come behind the end are not counted.
        $file = Join-Path $TestDrive 'twelve.csv'
        Get-Rows 12 | Export-Csv -LiteralPath $file
        Set-TestFault $server -Method PATCH -Status 401 -Body '{"code":"900401"}'
        $ended = try { Update-PartnerServiceRequest -Path $file -InformationAction Stop } catch { $_ }
        Get-ErrorId $ended | Should -Be 'Unauthenticated'
        "$ended" | Should -Match 'Not sent: 12'
    }

    It 'whose journal is taken away ends' -Skip:(-not $IsLinux) {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([Guid]::NewGuid()))).FullName
        $ended = try {
            Get-Rows 30 | ForEach-Object { if ($_.Note -eq 'note 20') { Remove-Item -Recurse -LiteralPath $folder }; $_ } |
                Update-PartnerServiceRequest -ThrottleLimit 1 -JournalPath (Join-Path $folder 'j') 6>$null | Out-Null
        }
        catch { $_ }
        Get-ErrorId $ended | Should -Be 'InvalidJournal'
        Get-TestUpdateCount $server | Should -BeLessThan 30
    }

    It 'that is ended counts as done what was <Name>' -ForEach @(
        @{ Name = 'unchanged'; With = { @{ SkipUnchanged = $true } } }
        @{ Name = 'skipped by the journal'; With = { @{ JournalPath = $journal } } }
    ) {
        $with = & $With
        Get-Rows 3 | Update-PartnerServiceRequest @with 6>$null | Out-Null

        # One at a time: what is still being looked at when the run ends is not sent.
        Set-TestFault $server -Method PATCH -Status 401 -Body '{"code":"900401"}'
        $ended = try { Get-Rows 12 | Update-PartnerServiceRequest @with -ThrottleLimit 1 6>$null | Out-Null } catch { $_ }
        Get-ErrorId $ended | Should -Be 'Unauthenticated'
        "$ended" | Should -Match 'Done: 3\. Failed: 0\. Not known: 0\. Not sent: '
    }

    It 'with -Quiet writes nothing, and makes half the calls' {
        Get-Rows 12 | Update-PartnerServiceRequest -Quiet -InformationVariable told 6>$null | Should -BeNullOrEmpty
        $told[0].MessageData.Succeeded | Should -Be 12
        Get-TestCall $server | Should -HaveCount 12
    }

    It 'that is ended by <What> names what landed or is open, and was not shown' -ForEach @(
        @{ What = '-ErrorAction Stop'; Named = 'Landed, and not shown'; Script = '$rows | Update-PartnerServiceRequest -ErrorAction Stop -ThrottleLimit 4' }
        @{ What = 'an exception downstream'; Script = '$rows | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorAction SilentlyContinue | ForEach-Object { throw "downstream" }'; Named = 'Landed, and not shown' }
        @{ What = 'an exception upstream'; Script = '$rows | ForEach-Object { if ($_.Note -eq "note 30") { throw "upstream" }; $_ } | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorAction SilentlyContinue' }
        @{ What = 'Select-Object -First'; Script = '$rows | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorAction SilentlyContinue | Select-Object -First 1'; Named = 'Landed, and not shown' }
        @{ What = 'a verbose stream that stops'; Script = '$VerbosePreference = "Stop"; $rows | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorAction SilentlyContinue' }
        @{ What = 'a warning that stops'; Script = '$rows | Update-PartnerServiceRequest -ThrottleLimit 4 -WarningAction Stop -ErrorAction SilentlyContinue' }
    ) {
        # The first row lands; the second never answers; the third is refused, and has a warning to tell.
        Set-TestFault $server -Method PATCH -Address 616122292874681 -Ending Silence
        Set-TestFault $server -Method GET -Address 616122292874676 -From 1 -To 1 -Status 404
        616122292874686, 616122292874701 | ForEach-Object { Set-TestFault $server -Method PATCH -Address $_ -Status 400 }
        $said = Invoke-Fresh "
            `$rows = 0..39 | ForEach-Object { [pscustomobject]@{ Id = 616122292874676 + 5 * `$_; Note = `"note `$_`" } }
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint) -MaximumRetryCount 0 -TimeoutSec 4 -SettleTimeSec 0
            try { $Script } catch { `"ended: `$_`" }
            'the shell goes on'"
        $text = $said -join "`n"
        $text | Should -BeLike '*the shell goes on*'
        if ($Named) { $text | Should -Match $Named }
        if ($What -like '*-First') { $text | Should -Match 'Failed, and not shown: 616122292874701 \(InvalidRequest\)'; $text | Should -Not -Match 'and \d+ more' }
        @(Get-TestCall $server PATCH).Count | Should -BeLessOrEqual 40
    }

    It 'whose journal''s disk is full ends, and says what was not sent' -Skip:(-not $IsLinux) {
        # One is accepted behind the end, mostly: it is done, and told by a warning in place of its object.
        Set-TestFault $server -Method PATCH -Address 616122292874681 -From 1 -To 1 -DelayMs 3000
        $script = Join-Path $TestDrive 'full.ps1'
        Set-Content -LiteralPath $script -Value "
            [Threading.Thread]::CurrentThread.CurrentUICulture = 'en-US'
            Import-Module '$ManifestPath'
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint)
            try { 0..299 | ForEach-Object { [pscustomobject]@{ Id = 616122292874676 + 5 * (`$_ % 40); Note = `"note `$_ `" + 'x' * 300 } } | Update-PartnerServiceRequest -JournalPath '$journal' -ErrorAction SilentlyContinue | ForEach-Object { 'done' } }
            catch { `"ended: `$_`" }"
        $lines = & bash -c "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -File '$script'"
        $done = @($lines -eq 'done').Count + @($lines -match 'updated, but the request could not be read back: the run had ended').Count
        $ended = @($lines -like 'ended:*')[0]
        $ended | Should -Match "could not be written.*Done: $done\. Failed: 0\."
        Get-TestUpdateCount $server | Should -Be $done
    }

    It 'whose last outcome finds no room in the journal says so, and a later one sends nothing twice' -Skip:(-not $IsLinux) {
        Get-Rows 60 | ForEach-Object { $_.Note = "$($_.Id)" + 'x' * 900; $_ } | Update-PartnerServiceRequest -Quiet -JournalPath $journal 6>$null
        $size = (Get-Item -LiteralPath $journal).Length
        $intent = @(Get-Content -LiteralPath $journal | Where-Object { $_ -like '*"intent"*' })[-1]
        $limit = [Math]::Ceiling(($size + 1024) / 1024)
        $length = 900 + ($limit * 1024 - $size) - $intent.Length - 100
        $script = Join-Path $TestDrive 'full.ps1'
        Set-Content -LiteralPath $script -Value "
            [Threading.Thread]::CurrentThread.CurrentUICulture = 'en-US'
            Import-Module '$ManifestPath'
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint)
            Update-PartnerServiceRequest (616122292874676) -Note ('y' * $length) -JournalPath '$journal' | ForEach-Object { 'done' }"
        $said = (& bash -c "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f $limit; '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -File '$script'") -join ' '
        $said | Should -Match 'done.*lacks what was to be written last'
        Get-TestUpdateCount $server | Should -Be 61
        Update-PartnerServiceRequest 616122292874676 -Note ('y' * $length) -JournalPath $journal
        Get-TestUpdateCount $server | Should -Be 61
    }

    It 'of a runspace that is closed sends nothing new, and journals what was open' {
        Set-TestFault $server -Method PATCH -From 3 -Ending Silence
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $null = $shell.AddScript('
            param($Manifest, $Connection, $Rows, $Journal)
            Import-Module $Manifest
            $Rows | Update-PartnerServiceRequest -Connection $Connection -JournalPath $Journal -ThrottleLimit 2').AddArgument($ManifestPath).AddArgument((Get-PartnerContext)).AddArgument((Get-Rows 20)).AddArgument($journal)
        $null = $shell.BeginInvoke()
        Wait-TestCall $server PATCH 4
        $runspace.Close()
        $shell.Dispose()
        (Get-PartnerServiceRequestJournal $journal).Outcome | Sort-Object { "$_" } | Should -Be Succeeded, Succeeded, Unknown, Unknown
        Get-TestCall $server PATCH | Should -HaveCount 4
    }

    It 'warns once of a pause of more than 15 seconds, shows it, and can be stopped in it' {
        Set-TestFault $server -Method PATCH -Status 429 -Header @{ 'Retry-After' = '20' }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('
            param($Manifest, $Connection, $Rows)
            Import-Module $Manifest
            $ProgressPreference = "Continue"
            $Rows | Update-PartnerServiceRequest -Connection $Connection -ThrottleLimit 4').AddArgument($ManifestPath).AddArgument((Get-PartnerContext)).AddArgument((Get-Rows 8))
        $running = $shell.BeginInvoke()
        Wait-Until { $shell.Streams.Warning.Count -gt 0 -and ($shell.Streams.Progress.StatusDescription -like 'Going on in *') }
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        @($shell.Streams.Warning.Message -like 'The service asked for a pause*') | Should -HaveCount 1
        @(Get-TestCall $server PATCH).Count | Should -BeLessOrEqual 4
        $shell.Dispose()
    }

    It 'shows what it waits for: <What>' -ForEach @(
        @{ What = 'an update that settles'; Status = 504; SettleTimeSec = 60; Like = 'Until * found out*' }
        @{ What = 'a service that is down'; Status = 503; SettleTimeSec = 0; Like = 'The service does not answer*' }
    ) {
        Connect-TestServer $server -SettleTimeSec $SettleTimeSec
        Set-TestFault $server -Method $(if ($SettleTimeSec) { 'PATCH' }) -Status $Status
        $shell = [powershell]::Create()
        $null = $shell.AddScript('
            param($Manifest, $Connection, $Rows)
            Import-Module $Manifest
            $ProgressPreference = "Continue"
            $Rows | Update-PartnerServiceRequest -Connection $Connection -ThrottleLimit 8').AddArgument($ManifestPath).AddArgument((Get-PartnerContext)).AddArgument((Get-Rows $(if ($SettleTimeSec) { 1 } else { 20 })))
        $running = $shell.BeginInvoke()
        Wait-Until { $shell.Streams.Progress.StatusDescription -like $Like }
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }
}
