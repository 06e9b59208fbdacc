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

    It 'has a description for each parameter of <_>, and for no other' -ForEach @(
        'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest'
        'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
    ) {
        $common = [Management.Automation.Cmdlet]::CommonParameters + 'ProgressAction'
        $parameters = (Get-Command $_).Parameters.Values | Where-Object {
            $_.Name -notin $common -and -not ($_.Attributes | Where-Object { $_ -is [Parameter] -and $_.DontShow })
        }
        $told = @((Get-Help $_ -Full).Parameters.Parameter | Where-Object { $_ })
        $told.Name | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
        foreach ($parameter in $told) {
            ($parameter.Description.Text -join '') | Should -Match '\w' -Because $parameter.Name
            ($parameter.Aliases -replace '^none$', '') | Should -Be (($parameters | Where-Object Name -eq $parameter.Name).Aliases -join ', ') -Because $parameter.Name
        }
    }

    It 'has as many forms of <_> as there are parameter sets' -ForEach @(
        'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest'
        'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
    ) {
        @((Get-Help $_ -Full).Syntax.SyntaxItem).Count | Should -Be (Get-Command $_).ParameterSets.Count
    }

    It 'has the topic <_>' -ForEach @(
        'about_PartnerCenterSR', 'about_PartnerCenterSR_Authentication', 'about_PartnerCenterSR_Bulk', 'about_PartnerCenterSR_Emulator'
        'about_PartnerCenterSR_Migration'
    ) {
        Get-Help $_ | Out-String | Should -Match '(?m)^LONG DESCRIPTION'
    }
}
