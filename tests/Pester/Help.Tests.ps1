# Help where people look for it first.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Help' {
    It '<_> -? shows it' -ForEach @(
        'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest'
        'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
    ) {
        $text = & $_ -? | Out-String
        $text | Should -Match '(?m)^NAME\s+'
        $text | Should -Match '(?m)^SYNTAX\s+'
        $text | Should -Match ([regex]::Escape($_))
        $text | Should -Match '(?m)^SYNOPSIS\s+\S'
        $text | Should -Match '(?m)^DESCRIPTION\s+\S'
    }

    It 'comes under the alias too' {
        Set-PartnerServiceRequest -? | Out-String | Should -Match 'Update-PartnerServiceRequest'
    }

    It 'has examples for <_>' -ForEach @(
        'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest'
        'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
    ) {
        @((Get-Help $_ -Full).Examples.Example | Where-Object { $_ }).Count | Should -BeGreaterOrEqual 3
    }
}
