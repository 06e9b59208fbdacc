# Text that came from outside never steers the terminal: one hostile request, driven through every way out.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $evil = "$([char]27)[2J$([char]27)]0;owned$([char]7)a$([char]0x9b)31mb$([char]0x202e)c$([char]0x2066)d$([char]0x200b)e$([char]0x2028)f`rg$([char]8)"
    $steers = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)"
    $id = '616122292874576'
    $request = @{
        id = $id; title = "title $evil"; description = "description $evil"; status = "word $evil"; severity = "word $evil"; supportTopicName = $evil; productName = $evil; countryCode = $evil
        organization = @{ id = 'o'; name = "organization $evil" }; primaryContact = @{ firstName = $evil; email = $evil }; lastUpdatedBy = @{ lastName = $evil }
        createdDate = '2026-01-01T00:00:00Z'; lastModifiedDate = '2026-01-02T00:00:00Z'
        fileLinks = @(@{ id = $evil; fileNameWithoutExtension = "file $evil"; location = $evil; comment = $evil })
        appointment = @{ customerName = "name $evil"; customerEmailAddress = $evil; customerPhone = $evil; notes = $evil; serviceRequestId = $evil; start = @{ dateTime = '2026-01-02T03:04:05'; timeZone = "zone $evil" } }
        notes = @(@{ createdByName = "author $evil"; createdDate = '2026-01-01T00:00:00Z'; text = "note $evil" })
    }
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'

    # What reaches a person, of all streams.
    function Get-Shown([scriptblock]$Script, [int]$Width = 120) {
        $all = & { try { & $Script } catch { $_ } } *>&1
        ($all | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { $_ | Out-String -Width $Width; $_.ToString(); $_.Exception.Message; "$($_.ErrorDetails)"; "$($_.ErrorDetails.RecommendedAction)" } elseif ($_ -is [Management.Automation.InformationalRecord]) { $_.Message } else { $_ } } | Out-String -Width $Width)
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
}

Describe 'A hostile request' {
    BeforeEach {
        $server = Start-TestServer -Data $request
        Connect-TestServer $server
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'steers nothing in <Name>' -ForEach @(
        @{ Name = 'the table'; Show = { Get-PartnerServiceRequest | Format-Table } }
        @{ Name = 'the list'; Show = { Get-PartnerServiceRequest $id | Format-List } }
        @{ Name = 'what stands after another type'; Show = { Get-Item $PSHOME; Get-PartnerServiceRequest $id } }
        @{ Name = 'the table after Clixml'; Show = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest $id), 4)) | Format-Table } }
        @{ Name = 'the list after Clixml'; Show = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest $id), 4)) | Format-List } }
        @{ Name = 'the notes'; Show = { (Get-PartnerServiceRequest $id).Notes } }
        foreach ($part in 'Organization', 'PrimaryContact', 'LastUpdatedBy', 'FileLinks', 'Appointment') {
            @{ Name = "its $part"; Show = [scriptblock]::Create("(Get-PartnerServiceRequest `$id).$part") }
            @{ Name = "its $part after Clixml"; Show = [scriptblock]::Create("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest `$id).$part, 4))") }
            @{ Name = "its $part as text"; Show = [scriptblock]::Create("`"`$((Get-PartnerServiceRequest `$id).$part)`"") }
            @{ Name = "its $part as a column"; Show = [scriptblock]::Create("Get-PartnerServiceRequest `$id | Select-Object Id, $part | Format-Table -Wrap") }
        }
        @{ Name = 'a group'; Show = { Get-PartnerServiceRequest | Group-Object Organization } }
        @{ Name = 'itself as text'; Show = { "$(Get-PartnerServiceRequest $id)" } }
        @{ Name = 'a note as text'; Show = { "$((Get-PartnerServiceRequest $id).LastNote)" } }
        @{ Name = 'Format-Wide'; Show = { Get-PartnerServiceRequest | Format-Wide -Column 1; (Get-PartnerServiceRequest $id).Notes | Format-Wide -Column 1 } }
        @{ Name = 'the list of a journal'; Show = {
                $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
                Set-TestFault $server -Method PATCH -Status 400 -Body (@{ code = "c$evil"; description = "no $evil" } | ConvertTo-Json)
                Update-PartnerServiceRequest $id -Note "note $evil" -Title "title $evil" -Description "d $evil" -JournalPath $path 2>$null 6>$null
                Get-PartnerServiceRequestJournal $path | Format-List
            } }
        @{ Name = 'details and validation errors'; Show = { Set-TestFault $server -Status 400 -Body (@{ title = $evil; errors = @{ "f$evil" = @("r$evil") }; data = @("d$evil") } | ConvertTo-Json); Get-PartnerServiceRequest $id } }
        @{ Name = 'the service''s words'; Show = { Set-TestFault $server -Status 403 -Body (@{ code = "c$evil"; description = "no $evil" } | ConvertTo-Json); Get-PartnerServiceRequest $id } }
        @{ Name = 'the words of a proxy'; Show = { Set-TestFault $server -Status 400 -Body "plain $evil"; Get-PartnerServiceRequest $id } }
        @{ Name = 'an impossible id'; Show = { Get-PartnerServiceRequest "1$evil" } }
        @{ Name = 'an impossible status'; Show = { Update-PartnerServiceRequest $id -Status "x$evil" } }
        @{ Name = 'an impossible customer'; Show = { Get-PartnerServiceRequest -CustomerId "x$evil" } }
        @{ Name = 'a row refused'; Show = { [pscustomobject]@{ Id = "1$evil"; Note = 'n' } | Update-PartnerServiceRequest } }
        @{ Name = 'verbose and debug lines'; Show = { Set-TestFault $server -Method GET -To 1 -Status 503 -Body "busy $evil"; Get-PartnerServiceRequest $id -Verbose -Debug } }
        @{ Name = 'a failed run'; Show = { Set-TestFault $server -Method PATCH -Status 400 -Body "bad $evil"; Update-PartnerServiceRequest $id -Note n } }
        @{ Name = 'a foreign next link'; Show = { Set-TestFault $server -Status 200 -Body (@{ items = @(@{ id = $id }); totalCount = 2; links = @{ next = @{ uri = "https://evil$([char]0x202e).example/" } } } | ConvertTo-Json -Depth 5); Get-PartnerServiceRequest } }
    ) {
        $shown = Get-Shown $Show
        $shown.Trim() | Should -Not -BeNullOrEmpty
        $shown | Should -Not -Match $steers
        if ($Name -ne 'a foreign next link') { $shown | Should -Match '\\u001b' }
    }

    It 'steers nothing in -WhatIf' {
        $lines = Invoke-Fresh "`$null = Connect-PartnerCenter -Emulator; Update-PartnerServiceRequest 616122292874576 -Title (`"t`" + [char]0x202e + [char]0x9b + [char]27 + `"[2J`") -WhatIf"
        $lines -join '' | Should -Match ([regex]::Escape('t\u202e\u009b\u001b[2J'))
        $lines -join '' | Should -Not -Match '[\u202e\u009b]'
    }

    It 'steers nothing where -WhatIf names it by its title' {
        $lines = Invoke-Fresh "
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint) -SkipValidation
            Get-PartnerServiceRequest | Update-PartnerServiceRequest -Note n -WhatIf
            Update-PartnerServiceRequest $id -Note n -WhatIf"
        @($lines -match 'What if.*title .*\\u001b').Count | Should -Be 2
        $lines -join '' | Should -Not -Match $steers
    }

    It 'keeps its text in the object' {
        $found = Get-PartnerServiceRequest $id
        $found.Title | Should -BeExactly "title $evil"
        $found.Notes[0].Text | Should -BeExactly "note $evil"
    }

    It 'offers nothing to Tab but what is an id, and shows it safely' {
        $null = Get-PartnerServiceRequest $id
        $line = 'Get-PartnerServiceRequest -Id 6'
        $offered = (TabExpansion2 $line $line.Length).CompletionMatches | Where-Object ResultType -EQ ParameterValue
        $offered.CompletionText | Should -Be $id
        "$($offered.ListItemText) $($offered.ToolTip)" | Should -Not -Match $steers
    }

    It 'with code in the place of an id gives Tab nothing' {
        Set-TestFault $server -Status 200 -Body (@{ items = @(@{ id = '1; $(Set-Content owned 1)' }, @{ id = $id; organization = @{ id = 'a; owned'; name = 'n' } }); totalCount = 2 } | ConvertTo-Json -Depth 5)
        $null = Get-PartnerServiceRequest
        foreach ($line in 'Get-PartnerServiceRequest -Id ', 'Update-PartnerServiceRequest -Id ', 'Get-PartnerServiceRequest -CustomerId ') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join ' ' | Should -Not -Match ';'
        }
    }
}

Describe 'A hostile file' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'steers nothing where its cells are shown: <Name>' -ForEach @(
        @{ Name = 'id'; Line = 'Id,Note', "1EVIL,n" }
        @{ Name = 'status'; Line = 'Id,Note,Status', '616122292874576,n,xEVIL' }
        @{ Name = 'customer'; Line = 'Id,Note,CustomerId', '616122292874576,n,xEVIL' }
        @{ Name = 'header'; Line = 'EVIL,Note', '616122292874576,n' }
    ) {
        $file = Join-Path $TestDrive 'hostile.csv'
        [IO.File]::WriteAllText($file, ($Line -join "`n").Replace('EVIL', $evil.Replace("`r", '')))
        $shown = Get-Shown { Update-PartnerServiceRequest -Path $file }
        $shown | Should -Match 'InvalidCsv|cannot|no column'
        $shown | Should -Not -Match $steers
    }

    It 'steers nothing in the table of a journal' {
        $journal = Join-Path $TestDrive 'hostile.jsonl'
        Update-PartnerServiceRequest 616122292874576 -Note "n $evil" -JournalPath $journal | Out-Null
        $shown = Get-Shown { Get-PartnerServiceRequestJournal $journal | Format-Table }
        $shown | Should -Match '\\u001b'
        $shown | Should -Not -Match $steers
    }
}

Describe 'The views' {
    It 'are the same in Constrained Language Mode, and leave no error' {
        $lines = Invoke-Fresh '
            $PSStyle.OutputRendering = "PlainText"
            $null = Connect-PartnerCenter -Emulator
            $journal = [IO.Path]::GetTempFileName() + ".jsonl"
            $found = Get-PartnerServiceRequest 616122292874576
            $null = Update-PartnerServiceRequest 616122292874581 -Note x -JournalPath $journal
            function Show { ($found | Format-Table | Out-String -Width 120); ($found | Format-List | Out-String -Width 120); (Get-PartnerContext | Out-String); (Get-PartnerServiceRequestJournal $journal | Out-String); ($found.Notes | Out-String) }
            $full = Show
            $Error.Clear()
            $ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"
            $constrained = Show
            "same " + (($full -join "") -eq ($constrained -join ""))
            "errors " + $Error.Count
            "modified " + ($full[0] -match "ago")'
        $lines | Should -Be 'same True', 'errors 0', 'modified True'
    }

    It 'add nothing to what is exported' {
        $null = Connect-PartnerCenter -Emulator
        (Get-PartnerServiceRequest -First 1 | ConvertTo-Csv)[0] | Should -Not -Match 'Shown|Age|LastNote'
        Get-PartnerServiceRequest -First 1 | Get-Member | Where-Object Name -Like Shown* | Should -BeNullOrEmpty
        Disconnect-PartnerCenter
    }
}
