# What Tab offers.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # What Tab offers at the end of a line.
    function Get-Completion([string]$Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'Tab' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'offers the states of an update' {
        (Get-Completion 'Update-PartnerServiceRequest -Id 1 -Status ').CompletionText | Should -Be 'Open', 'Closed', 'AttentionNeeded'
        (Get-Completion 'Update-PartnerServiceRequest -Id 1 -Status a').CompletionText | Should -Be 'AttentionNeeded'
    }

    It 'offers the states of a list' {
        $offered = (Get-Completion 'Get-PartnerServiceRequest -Status ').CompletionText
        'Open', 'Closed', 'AttentionNeeded' | ForEach-Object { $offered | Should -Contain $_ }
        (Get-Completion 'Get-PartnerServiceRequest -Status Open, a').CompletionText | Should -Be 'AttentionNeeded'
    }

    It 'offers the severities of <_>' -ForEach 'Get-PartnerServiceRequest', 'Update-PartnerServiceRequest' {
        $offered = (Get-Completion "$_ -Severity ").CompletionText
        'Critical', 'Moderate', 'Minimal' | ForEach-Object { $offered | Should -Contain $_ }
    }

    It 'offers no id before a request was seen, and does not ask for one' {
        (Get-Completion 'Get-PartnerServiceRequest -Id 6161').CompletionText | Should -Not -Contain (Get-SampleId 0)
    }

    It 'offers the ids that were seen to <_>' -ForEach 'Get-PartnerServiceRequest', 'Update-PartnerServiceRequest' {
        Get-PartnerServiceRequest (Get-SampleId 4) | Out-Null
        $offered = Get-Completion "$_ -Id "
        $offered.CompletionText | Should -Be (Get-SampleId 4)
        $offered.ToolTip | Should -Match 'Azure reservation cannot be cancelled.*Open'
    }

    It 'offers the ids by position too' {
        Get-PartnerServiceRequest (Get-SampleId 4) | Out-Null
        (Get-Completion 'Update-PartnerServiceRequest 6161').CompletionText | Should -Be (Get-SampleId 4)
    }

    It 'offers the newest first' {
        Get-PartnerServiceRequest -Id (Get-SampleId 1), (Get-SampleId 2), (Get-SampleId 3) | Out-Null
        Update-PartnerServiceRequest (Get-SampleId 2) -Note x | Out-Null
        (Get-Completion 'Get-PartnerServiceRequest -Id ').CompletionText | Select-Object -First 1 | Should -Be (Get-SampleId 2)
    }

    It 'offers the ids that a connection has seen' {
        $context = Get-PartnerContext
        Get-PartnerServiceRequest (Get-SampleId 4) -Connection $context | Out-Null
        (Get-Completion 'Get-PartnerServiceRequest -Connection $context -Id ').CompletionText | Should -Be (Get-SampleId 4)
    }

    It 'offers the customers that were seen, by id or name' {
        $organization = (Get-PartnerServiceRequest (Get-SampleId 0)).Organization
        $offered = Get-Completion 'Get-PartnerServiceRequest -CustomerId fab'
        $offered.CompletionText | Should -Be $organization.Id
        $offered.ToolTip | Should -Match 'Fabrikam GmbH'
        (Get-Completion ('Update-PartnerServiceRequest -CustomerId ' + $organization.Id.Substring(0, 4))).CompletionText | Should -Be $organization.Id
    }

    It 'offers each customer once' {
        Get-PartnerServiceRequest | Out-Null
        (Get-Completion 'Get-PartnerServiceRequest -CustomerId ').CompletionText | Should -HaveCount 4
        (Get-Completion 'Get-PartnerServiceRequest -CustomerId wing').ToolTip | Should -Be 'Wingtip Toys'
    }

    It 'offers the ids that begin as typed, and asks the service nothing' {
        $server = Start-TestServer
        Connect-TestServer $server
        Get-PartnerServiceRequest -First 3 | Out-Null
        $calls = @(Get-TestCall $server).Count
        (Get-Completion "Update-PartnerServiceRequest -Id $((Get-SampleId 1).Substring(0, 15))").CompletionText | Should -Be (Get-SampleId 1)
        Get-TestCall $server | Should -HaveCount $calls
        Stop-TestServer $server
    }

    It 'offers how long a sign-in is kept' {
        (Get-Completion 'Connect-PartnerCenter -ContextScope c').CompletionText | Should -Be 'CurrentUser'
    }

    It 'offers the environments' {
        (Get-Completion 'Connect-PartnerCenter -Environment ').CompletionText | Sort-Object | Should -Be 'China', 'Global', 'USGovernment'
    }

    It 'offers files for -<_>' -ForEach 'Path', 'LiteralPath', 'JournalPath' {
        Set-Content -LiteralPath (Join-Path $TestDrive 'offered.csv') -Value ''
        $line = 'Update-PartnerServiceRequest -{0} {1}' -f $_, (Join-Path $TestDrive 'offer')
        (Get-Completion $line).ListItemText | Should -Be 'offered.csv'
    }
}
