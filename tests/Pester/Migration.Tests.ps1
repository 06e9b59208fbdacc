# Every new line of the topic about older modules is run; what it sends is what stands beside it.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Typed.ps1')
    $sections = @(Get-TopicBlock ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'about', 'about_PartnerCenterSR_Migration.md'))) | ForEach-Object Name | Select-Object -Unique
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
    . (Join-Path $PSScriptRoot 'Typed.ps1')
    $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
}

Describe 'The new lines' -Skip:(-not $IsLinux) {
    BeforeAll {
        Start-Both -Server @{ Generation = 'Older'; PageSize = 10; AcceptsAnyToken = $true; IsMfaCompliant = $true } -SignIn @{ Option = @{ refreshTokens = @('one'); rotates = $false } }
        $blocks = @(Get-TopicBlock ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'about', 'about_PartnerCenterSR_Migration.md')))

        # Between the blocks: what of the calls was theirs. The prefix is taken off again, since the blocks behind it have none.
        $ordered = foreach ($block in $blocks) {
            $block
            if ($block.Text -match 'Prefix') { [pscustomobject]@{ Name = 'as before'; Text = 'Remove-Module PartnerCenterSR; Import-Module PartnerCenterSR; Connect-PartnerCenter -AccessToken $token | Out-Null' } }
        }
        $before = "
            `$id = '$(Get-SampleId 0)'; `$customer = '$customer'; `$tenant = 'contoso.example'; `$app = '$application'; `$token = '$($api.token)'
            `$refresh = ConvertTo-SecureString one -AsPlainText -Force
            `$secret = New-Object PSCredential `$app, (ConvertTo-SecureString s3cret -AsPlainText -Force)
            `$PSDefaultParameterValues['*Connect-PartnerCenter:Endpoint'] = '$($api.endpoint)'; `$PSDefaultParameterValues['*Connect-PartnerCenter:Authority'] = '$($signIn.authority)'
            `$null = Connect-PartnerCenter -AccessToken `$token
            `$sr, `$many = (Get-PartnerServiceRequest $(Get-SampleId 1)), (Get-PartnerServiceRequest $(Get-SampleId 4), $(Get-SampleId 5))
            Add-Type 'namespace Older { public class PSServiceRequest { public string ServiceRequestId {get;set;} public string Status {get;set;} } }'
            `$old = New-Object Older.PSServiceRequest; `$old.ServiceRequestId = '$(Get-SampleId 8)'; `$old.Status = 'Closed'
            'Id,Note', '$(Get-SampleId 9),From a file' | Set-Content updates.csv"
        $variables = $robots.Clone()
        $variables.SSL_CERT_FILE = $trust
        $results = @(Invoke-Typed $ordered ($before -replace "'Id,Note', .*") -Environment $variables)
        $sent = @(Get-TestCall $api PATCH | ForEach-Object { '{0} {1}' -f ($_.path -replace '^/v1/'), $_.body })
    }

    AfterAll { $api, $signIn | Stop-TestServer }

    It 'of "<_>" run' -ForEach $sections {
        foreach ($result in $results | Where-Object Name -EQ $_) {
            $result.Errors | Where-Object { $_ -notlike 'PathNotFound,*' } | Should -BeNullOrEmpty
            $result.Missed | Should -BeNullOrEmpty
        }
    }

    It 'send what stands beside them: <Body>' -ForEach @(
        @{ Body = "servicerequests/$(616122292874576) {`"Status`":`"closed`"}" }
        @{ Body = "servicerequests/$(616122292874576) {`"NewNote`":{`"Text`":`"Any news?`"}}" }
        @{ Body = "servicerequests/$(616122292874591) {`"NewNote`":{`"Text`":`"Any news on Conditional access locks out the helpdesk?`"}}" }
        @{ Body = "servicerequests/$(616122292874581) {`"Status`":`"closed`"}" }
        @{ Body = "servicerequests/$(616122292874581) {`"NewNote`":{`"Text`":`"Any news?`"}}" }
        @{ Body = "servicerequests/$(616122292874581) {`"Title`":`"Mail is late`",`"Description`":`"Since Monday, all users.`"}" }
        @{ Body = "servicerequests/$(616122292874596) {`"Status`":`"closed`"}" }
        @{ Body = "servicerequests/$(616122292874601) {`"Status`":`"closed`"}" }
        @{ Body = "servicerequests/$(616122292874616) {`"NewNote`":{`"Text`":`"Any news?`"}}" }
        @{ Body = "servicerequests/$(616122292874616) {`"Status`":`"closed`"}" }
        @{ Body = "servicerequests/$(616122292874576) {`"NewNote`":{`"Text`":`"Solved, thank you.`"},`"Status`":`"closed`"}" }
    ) {
        $sent | Should -Contain $Body
    }

    It 'ask the service for the status' {
        @(Get-TestCall $api GET | Where-Object { $_.query -match 'Value=Open' }) | Should -Not -BeNullOrEmpty
    }
}

Describe 'The lines that need a person' -Skip:(-not $IsLinux) {
    It 'run: <_>' -ForEach 'Connect-PartnerCenter', 'Connect-PartnerCenter -UseDeviceAuthentication -TenantId contoso.example', 'Connect-PartnerCenter -ApplicationId $application -Tenant contoso.example', 'Connect-PartnerCenter -ApplicationId $application -ContextScope Process -RotatedRefreshTokenVariable first' {
        Start-Both
        $lines = Invoke-SignIn "
            `$application = '$application'
            `$PSDefaultParameterValues['Connect-PartnerCenter:Endpoint'] = '$($api.endpoint)'; `$PSDefaultParameterValues['Connect-PartnerCenter:Authority'] = '$($signIn.authority)'
            ($_).Account" -Environment (New-Browser 'curl --silent --insecure --location --output /dev/null "$1"')
        $lines[-1] | Should -Be 'admin@contoso.example'
        $api, $signIn | Stop-TestServer
    }
}

Describe 'A request that was read through a customer' {
    It 'is updated through it' {
        $server = Start-TestServer
        Connect-TestServer $server
        Get-PartnerServiceRequest -CustomerId $customer -First 1 | Update-PartnerServiceRequest -Note x | Out-Null
        (Get-TestCall $server PATCH).path | Should -Be "/v1/customers/$customer/servicerequests/$(Get-SampleId 0)"
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'Both modules loaded' {
    It 'mean what the topic says' {
        $old = Join-Path $TestDrive 'PartnerCenter.psm1'
        Set-Content $old 'function Get-PartnerServiceRequest { "old get" }; function Set-PartnerServiceRequest { "old set" }'
        $lines = Invoke-Fresh -NoImport "
            function Source { (Get-Command `$args[0]).Source }
            Import-Module `$ManifestPath; Import-Module '$old' -DisableNameChecking
            'last old: {0} {1} {2}' -f (Source Get-PartnerServiceRequest), (Source Set-PartnerServiceRequest), (PartnerCenter\Set-PartnerServiceRequest)
            Remove-Module PartnerCenterSR, PartnerCenter
            Import-Module '$old' -DisableNameChecking; Import-Module `$ManifestPath -Prefix SR
            'prefix: {0} {1} {2}' -f (Source Get-PartnerServiceRequest), (Source Set-PartnerServiceRequest), (Get-Command Set-SRPartnerServiceRequest).ResolvedCommandName
            Remove-Module PartnerCenterSR; Import-Module `$ManifestPath -NoClobber
            'no clobber: {0} {1}' -f (Source Get-PartnerServiceRequest), (Source Set-PartnerServiceRequest)"
        $lines | Should -Be 'last old: PartnerCenter PartnerCenterSR old set', 'prefix: PartnerCenter PartnerCenter Update-SRPartnerServiceRequest', 'no clobber: PartnerCenter PartnerCenter'
    }
}
