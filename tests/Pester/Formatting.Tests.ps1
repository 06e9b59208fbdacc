# What a person sees.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    Connect-PartnerCenter -Emulator | Out-Null
    $requests = Get-PartnerServiceRequest -Id (0..3 | ForEach-Object { Get-SampleId $_ })
    $everything = Get-PartnerServiceRequest
    $path = Join-Path $TestDrive 'pictures.jsonl'
    $rows = "Id,Note,Status`n$(Get-SampleId 20),A note of some length that a table has to cut,Closed`n1,Nobody is there,`n$(Get-SampleId 21),,AttentionNeeded" | ConvertFrom-Csv
    $rows | Update-PartnerServiceRequest -JournalPath $path -ErrorAction SilentlyContinue 6>$null | Out-Null
    $journal = Get-PartnerServiceRequestJournal $path
}

AfterAll {
    Disconnect-PartnerCenter
}

Describe 'A table of requests' {
    # Pictures\<what>-<columns>.txt: what is seen, to the letter. To draw them anew, and look at the difference: $env:PARTNERCENTERSR_DRAW = 1.
    It '<What> is the picture at <Columns> columns' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -ForEach @(
        foreach ($columns in 60, 80, 100, 120, 200) {
            foreach ($what in 'requests', 'journal', 'context', 'mixed', 'list', 'wide') { @{ Columns = $columns; What = $what } }
        }
    ) {
        $seen = switch ($What) {
            'requests' { Get-Line $requests $Columns }
            'journal' { Get-Line $journal $Columns }
            'context' { Get-Line (Get-PartnerContext) $Columns }
            'mixed' { Get-Line @([timespan]::FromMinutes(1); $requests[0..1]) $Columns }
            'list' { Get-Line ($requests[0] | Format-List) $Columns | Where-Object { $_ -notmatch '^(Created|Modified|Closed|Notes)' } }
            'wide' { Get-Line ($requests | Format-Wide) $Columns }
        }
        $picture = [IO.Path]::Combine($PSScriptRoot, 'Pictures', "$What-$Columns.txt")
        if ($env:PARTNERCENTERSR_DRAW) { Set-Content -LiteralPath $picture -Value $seen -Encoding UTF8 }
        $seen | Should -Be (Get-Content -LiteralPath $picture -Encoding UTF8)
    }

    It 'has every column and every number whole at <_> columns' -ForEach 80, 100, 120, 200 {
        $lines = Get-Line ($requests | Format-Table) $_
        $lines[0] -split '\s+' | Should -Be 'Id', 'Status', 'Severity', 'Title', 'Organization', 'Modified'
        $lines[2..5] | ForEach-Object { ($_ -split '\s')[0] } | Should -Be $requests.Id
    }

    It 'never goes beyond <_> columns' -ForEach 80, 100, 120 {
        (Get-Line $requests $_).Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -Not -BeGreaterThan $_
    }

    It 'looks the same after Export-Clixml and Import-Clixml' {
        $file = Join-Path $TestDrive 'requests.xml'
        $requests | Export-Clixml -LiteralPath $file -Depth 4
        Get-Line (Import-Clixml -LiteralPath $file) 100 | Should -Be (Get-Line $requests 100)
    }
}

Describe 'A list of one request' {
    It 'shows everything that matters' {
        $lines = Get-Line ($requests[0] | Format-List) 120
        $lines | Should -Contain 'Id            : 616122292874576'
        $lines | Should -Contain 'Title         : Mailbox migration stalls'
        $lines | Should -Contain 'Status        : Open'
        $lines | Should -Contain 'Severity      : Critical'
        $lines | Should -Contain 'Organization  : Fabrikam GmbH (3b33e682-00c3-41ee-9dd2-a548adf56438)'
        $lines | Should -Contain 'Description   : Mailbox migration stalls. Seen first last week; nothing was changed on our side.'
        $lines | Should -Contain 'Topic         : Cannot manage my profile'
        $lines | Should -Contain 'Product       : Microsoft 365'
        $lines | Should -Contain 'Contact       : Alex Wilber <alex@contoso.example>'
        $lines | Should -Contain 'Country       : DE'
    }

    It 'shows the notes in order, each with its local time and author' {
        Update-PartnerServiceRequest (Get-SampleId 5) -Note 'the last word' | Out-Null
        $request = Get-PartnerServiceRequest (Get-SampleId 5)
        $text = (Get-Line ($request | Format-List) 120) -join "`n"
        $first = $request.Notes[0].CreatedDate
        $first.Kind | Should -Be Local
        $text | Should -Match ('(?s)Notes +: ' + [regex]::Escape($first.ToString('g') + ' Microsoft Support: We have received your request.') + '.*: the last word')
    }

    It 'looks the same after Export-Clixml and Import-Clixml' {
        $file = Join-Path $TestDrive 'request.xml'
        $requests[0] | Export-Clixml -LiteralPath $file -Depth 4
        Get-Line (Import-Clixml -LiteralPath $file | Format-List) 120 | Should -Be (Get-Line ($requests[0] | Format-List) 120)
    }
}

Describe 'A connection' {
    It 'shows as a table of who, where and how' {
        $lines = Get-Line (Get-PartnerContext) 100
        $lines[0] | Should -Match '^Account +Tenant +Environment +SignIn +Expires +Mfa$'
        $lines[2] | Should -Match '^emulator +Emulator +Emulator +True$'
    }
}

Describe 'An id of sixteen digits' {
    It 'is never cut, at <_> columns' -ForEach 60, 80, 100, 120, 200 {
        $server = Start-TestServer -Data @{ id = '6161222928745761'; title = 'x' * 100; status = 'attention_needed'; organization = @{ name = 'y' * 100 } }
        $context = Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint -SkipValidation
        try { @((Get-Line (Get-PartnerServiceRequest -Connection $context) $_) -match '^6161222928745761 ') | Should -HaveCount 1 }
        finally { Disconnect-PartnerCenter $context; Stop-TestServer $server }
    }
}

Describe 'An organization and a contact' {
    It 'compare as what they show' {
        $request = $requests[0]
        $request.Organization -eq 'fabrikam gmbh' | Should -BeTrue
        'Fabrikam GmbH' -eq $request.Organization | Should -BeTrue
        $request.Organization -ne 'Contoso' | Should -BeTrue
        $request.Organization -like 'Fab*' | Should -BeTrue
        $request.Organization -eq $null | Should -BeFalse
        $request.Organization -in 'x', 'Fabrikam GmbH' | Should -BeTrue
        $request.PrimaryContact -like '*alex@contoso.example*' | Should -BeTrue
        $request.PrimaryContact -eq 'Alex Wilber <alex@contoso.example>' | Should -BeTrue
    }

    It 'sort and group by it' {
        $all = $everything
        $names = @($all | ForEach-Object { "$($_.Organization)" })
        $all | Sort-Object Organization | ForEach-Object { "$($_.Organization)" } | Should -Be ($names | Sort-Object)
        ($all | Group-Object Organization).Name | Should -Be @($names | Sort-Object -Unique)
        @($all | Where-Object Organization -eq 'Wingtip Toys').Count | Should -Be @($names -eq 'Wingtip Toys').Count
        @($all | Select-Object -ExpandProperty Organization | Sort-Object -Unique).Count | Should -Be @($names | Sort-Object -Unique).Count
    }
}

Describe 'Files and an appointment' {
    It 'are objects' {
        $server = Start-TestServer -Data @{
            id = '1'; title = 't'; status = 'open'
            fileLinks = @(@{ id = 'f'; fileNameWithoutExtension = 'trace'; extensionType = '.zip'; fileSize = 12345678901; location = 'https://files.example/f'; comment = 'of Monday' })
            appointment = @{ customerName = 'Alex'; start = @{ dateTime = '2026-11-30T09:00:00'; timeZone = 'W. Europe Standard Time' }; end = @{ dateTime = '2026-11-30T09:30:00'; timeZone = 'W. Europe Standard Time' }; notes = 'by phone' }
        }, @{ id = '2'; appointment = 'some day'; fileLinks = 'none' }
        $context = Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint -SkipValidation
        try {
            $request, $odd = Get-PartnerServiceRequest 1, 2 -Connection $context
            $request.FileLinks | ForEach-Object { '{0}|{1}|{2}|{3}' -f $_.Name, $_.Size, $_.Location, $_.Comment } | Should -Be 'trace.zip|12345678901|https://files.example/f|of Monday'
            "$($request.FileLinks)" | Should -Be 'trace.zip'
            $request.Appointment.Start | Should -Be ([datetime]'2026-11-30T09:00:00')
            $request.Appointment.EndTimeZone | Should -Be 'W. Europe Standard Time'
            "$($request.Appointment)" | Should -BeLike '*W. Europe Standard Time Alex'
            $odd.FileLinks | Should -BeNullOrEmpty
            $odd.Appointment | Should -BeNullOrEmpty
        }
        finally { Disconnect-PartnerCenter $context; Stop-TestServer $server }
    }
}
