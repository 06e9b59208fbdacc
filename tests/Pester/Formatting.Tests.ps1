# What a person sees.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    Connect-PartnerCenter -Emulator | Out-Null
    $requests = Get-PartnerServiceRequest -Id (0..3 | ForEach-Object { Get-SampleId $_ })
    $cut = [string][char]0x2026
}

AfterAll {
    Disconnect-PartnerCenter
}

Describe 'A table of requests' {
    It 'is this at 80 columns' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        Get-Line $requests 80 | Should -Be @(
            'Id               Status          Severity Title    Organization   Modified'
            '--               ------          -------- -----    ------------   --------'
            "616122292874576  Open            Critical Mailbox$cut Fabrikam GmbH  1 hour ago"
            "616122292874581  Open            Moderate Cannot $cut Wingtip Toys   3 hours ago"
            "616122292874586  Closed          Minimal  Invoice$cut Contoso Retail 4 hours ago"
            "616122292874591  AttentionNeeded Critical Conditi$cut Litware Inc.   6 hours ago"
        )
    }

    It 'is this at 100 columns' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        Get-Line $requests 100 | Should -Be @(
            'Id               Status          Severity Title                        Organization   Modified'
            '--               ------          -------- -----                        ------------   --------'
            '616122292874576  Open            Critical Mailbox migration stalls     Fabrikam GmbH  1 hour ago'
            "616122292874581  Open            Moderate Cannot assign licences afte$cut Wingtip Toys   3 hours ago"
            "616122292874586  Closed          Minimal  Invoice shows a seat too ma$cut Contoso Retail 4 hours ago"
            "616122292874591  AttentionNeeded Critical Conditional access locks ou$cut Litware Inc.   6 hours ago"
        )
    }

    It 'is this at 120 columns' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        Get-Line $requests 120 | Should -Be @(
            'Id               Status          Severity Title                                            Organization   Modified'
            '--               ------          -------- -----                                            ------------   --------'
            '616122292874576  Open            Critical Mailbox migration stalls                         Fabrikam GmbH  1 hour ago'
            "616122292874581  Open            Moderate Cannot assign licences after transfer of the su$cut Wingtip Toys   3 hours ago"
            '616122292874586  Closed          Minimal  Invoice shows a seat too many                    Contoso Retail 4 hours ago'
            '616122292874591  AttentionNeeded Critical Conditional access locks out the helpdesk        Litware Inc.   6 hours ago'
        )
    }

    It 'has every column and every number whole at <_> columns' -ForEach 80, 100, 120 {
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
