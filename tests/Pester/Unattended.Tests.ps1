# Signing in where nobody is there, what people paste, and a sign-in service that hangs, fails or is not the one.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
    $tell = 'catch { $_.FullyQualifiedErrorId.Split(",")[0]; $_.Exception.Message; $_.ErrorDetails.RecommendedAction }'

    # As GitHub gives them: signed by nobody here, judged by their claims.
    function New-Assertion([string]$Subject = 'repo:contoso/support:ref:refs/heads/main', [string]$Audience = 'api://AzureADTokenExchange') {
        $claims = @{ iss = 'https://token.actions.githubusercontent.com'; sub = $Subject; aud = $Audience; exp = [DateTimeOffset]::UtcNow.AddMinutes(5).ToUnixTimeSeconds() } | ConvertTo-Json -Compress
        'e30.{0}.c2lnbmF0dXJl' -f [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }
}

Describe 'Where nobody is there' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'the browser is not tried, and the ways that work are named: <Name>' -ForEach @(
        @{ Name = 'CI'; Variable = @{ CI = 'true'; GITLAB_CI = 'true'; DISPLAY = ':99' }; Reason = 'CI' }
        @{ Name = 'no desktop'; Variable = @{ DISPLAY = ''; WAYLAND_DISPLAY = ''; WSL_DISTRO_NAME = '' }; Reason = 'DISPLAY' }
    ) {
        Start-Both
        $lines = Invoke-SignIn "try { Connect } $tell" -Environment $Variable
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match $Reason
        $lines[2] | Should -Match '-RefreshToken.*-ClientAssertion.*-UseDeviceAuthentication'
        Get-TestSecret $signIn | Should -BeNullOrEmpty
    }

    It 'nor where the standard input is no terminal: <_>' -ForEach '', '-UseDeviceAuthentication' {
        Start-Both
        $lines = Invoke-Fresh -Answer 'x' -Environment ($robots + @{ SSL_CERT_FILE = $trust; DISPLAY = ':99' }) "try { Connect-PartnerCenter -Endpoint $($api.endpoint) -Authority $($signIn.authority) $_ } $tell"
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match 'standard input'
    }

    It 'a device code is shown in a job, as far as PowerShell carries it' {
        Start-Both
        $lines = Invoke-SignIn "
            `$job = Start-Job { param(`$manifest, `$endpoint, `$authority) Import-Module `$manifest; (Connect-PartnerCenter -UseDeviceAuthentication -Endpoint `$endpoint -Authority `$authority -Tenant contoso.example).Account } -ArgumentList '$ManifestPath', '$($api.endpoint)', '$($signIn.authority)'
            `$job | Receive-Job -Wait"
        $lines[0] | Should -Match 'enter the code F4K9QX2Z'
        $lines[-1] | Should -Be 'admin@contoso.example'
    }
}

Describe 'A runbook without a secret of its application' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'proves it by an assertion as <Shape>' -ForEach @(
        @{ Shape = 'text'; Expression = '$assertion' }
        @{ Shape = 'SecureString'; Expression = '(ConvertTo-SecureString $assertion -AsPlainText -Force)' }
        @{ Shape = 'script block'; Expression = '{ $assertion }' }
    ) {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }
        $lines = Invoke-SignIn "`$assertion = '$(New-Assertion)'; (Connect -RefreshToken one -ApplicationId $application -ClientAssertion $Expression).Account; @(Get-PartnerServiceRequest).Count"
        $lines | Should -Be 'admin@contoso.example', '24'
    }

    It 'asks the script block for a fresh one at each renewal, in mid-run too' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 40 } -SignIn @{ Option = @{ refreshTokens = @('one'); lifetime = '00:00:02'; federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }
        $lines = Invoke-SignIn "
            `$global:asked = 0
            `$null = Connect -RefreshToken one -ApplicationId $application -ClientAssertion { `$global:asked++; '$(New-Assertion)' }
            'updated ' + @(0..299 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 4 6>`$null).Count
            'asked ' + `$global:asked"
        $lines[0] | Should -Be 'updated 300'
        $lines[1] | Should -Be "asked $(@(Get-TestGrant $signIn).Count)"
        @(Get-TestGrant $signIn).Count | Should -BeGreaterThan 1
    }

    It 'is asked for its assertion by whichever command has the pipeline, and none waits for another for ever' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 30 } -SignIn @{ Option = @{ refreshTokens = @('one'); lifetime = '00:00:02'; federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }

        # The first row renews, while the command before it in the pipeline goes on, whose token ends too; what it reads seldom comes through.
        Set-TestFault $api -Method PATCH -To 1 -Status 401
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken one -ApplicationId $application -ClientAssertion { '$(New-Assertion)' }
            `$n = 0
            'updated ' + @(0..140 | ForEach-Object { 616122292874576 + 5 * (`$_ % 24) } | ForEach-Object { Get-PartnerServiceRequest `$_ } | Where-Object { `$n++ % 70 -eq 0 } |
                Update-PartnerServiceRequest -Note 'looked at' 6>`$null).Count"
        $lines | Should -Be 'updated 3'
        @(Get-TestGrant $signIn).Count | Should -BeGreaterThan 2
    }

    It 'that cannot give one ends the run as a refused sign-in does: <Name>' -ForEach @(
        @{ Name = 'by break'; Block = 'break' }
        @{ Name = 'for it needs what it is to sign in'; Block = '$null = Get-PartnerServiceRequest 616122292874576 -Connection $ctx' }
    ) {
        Start-Both -Server @{ Generation = 'Older' } -SignIn @{ Option = @{ refreshTokens = @('one'); federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }
        Set-TestFault $api -Method PATCH -Status 401
        Set-TestFault $api -Method GET -Status 401
        $lines = Invoke-SignIn "
            `$ctx = Connect -RefreshToken one -SkipValidation -ApplicationId $application -ClientAssertion { if (`$global:asked++) { $Block }; '$(New-Assertion)' }
            try { 616122292874576, 616122292874581 | Update-PartnerServiceRequest -Note n 6>`$null } catch { `$_.FullyQualifiedErrorId }"
        $lines | Should -Be 'SignInFailed,PartnerCenterSR.Commands.UpdatePartnerServiceRequestCommand'
    }

    It 'is refused with the cure: <Name>' -ForEach @(
        @{ Name = 'a subject that no credential has'; Assertion = 'wrong'; Message = 'AADSTS7000215|AADSTS700213'; Cure = '.' }
        @{ Name = 'a block that gives nothing'; Expression = '{ }'; Message = 'returned nothing'; Cure = 'script block must return' }
        @{ Name = 'a block that fails'; Expression = '{ throw "no identity here" }'; Message = 'no identity here'; Cure = 'script block must return' }
    ) {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }
        $given = if ($Assertion) { "'$(New-Assertion -Subject wrong)'" } else { $Expression }
        $lines = Invoke-SignIn "try { Connect -RefreshToken one -ApplicationId $application -ClientAssertion $given } $tell"
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match $Message
        $lines[2] | Should -Match $Cure
    }

    It 'connects with -Debug and -NonInteractive' {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one') } }
        $lines = Invoke-SignIn -Switch '-NonInteractive' "(Connect -RefreshToken one -ApplicationId $application -Debug 5>`$null).Account"
        $lines | Should -Be 'admin@contoso.example'
    }
}

Describe 'A sign-in service' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'that hangs is given up in the time of one attempt' {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); hangsFrom = 1 } }
        $lines = Invoke-SignIn "
            try { Connect -RefreshToken one -ApplicationId $application -TimeoutSec 1 } $tell"
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match 'did not answer within 1 s'
    }

    It 'behind a portal is told as such, and waited for in mid-run while nothing is lost' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 40 } -SignIn @{ Option = @{ refreshTokens = @('one', 'two'); lifetime = '00:00:02'; portalFrom = 2; portalTo = 4 } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken one -ApplicationId $application
            'updated ' + @(0..399 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 8 -ErrorVariable failed -WarningAction Ignore 6>`$null).Count
            'failed ' + `$failed.Count"
        $lines | Should -Be 'updated 400', 'failed 0'
        Get-TestUpdateCount $api | Should -Be 400
    }

    It 'behind a portal at the connection says what answered' {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); portalFrom = 1 } }
        $lines = Invoke-SignIn "try { Connect -RefreshToken one -ApplicationId $application } $tell"
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match 'portal of the network'
    }

    It 'whose token has run out while it fails is waited for, and ends the run as ServiceDown after the limit' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 20 } -SignIn @{ Option = @{ refreshTokens = @('one'); lifetime = '00:00:01'; failsFrom = 2 } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken one -ApplicationId $application -MaximumOutageSec 4
            try { 0..399 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction Ignore 6>`$null | Out-Null } $tell"
        $lines[0] | Should -Be 'ServiceDown'
        $lines[1] | Should -Match 'Done: (\d+)\. Failed: 0\.'
        $null = $lines[1] -match 'Done: (\d+)'
        Get-TestUpdateCount $api | Should -Be $Matches[1]
    }

    It 'that this machine does not trust is told by the reason within' {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one') } }
        Set-Content -LiteralPath $trust -Value ''
        $lines = Invoke-SignIn "try { Connect -RefreshToken one -ApplicationId $application } $tell"
        $lines[1] | Should -Match 'UntrustedRoot|PartialChain'
        $lines[2] | Should -Match 'does not trust'
    }

    It 'that repeats the request shows no secret of it, and no control character' {
        Start-Both -SignIn @{ Option = @{ echoes = $true; clientSecret = 'right' }; Refusal = @{ error = 'invalid_grant'; description = 'AADSTS70000: no.' } }
        $secrets = 'refresh+token/with=characters&that-are-escaped', 'application~secret:with%characters'
        $lines = Invoke-SignIn "
            try { Connect -RefreshToken '$($secrets[0])' -ApplicationId $application -ApplicationSecret '$($secrets[1])' -Verbose -Debug 4>&1 5>&1 } catch { `$_ | Format-List * -Force; `$Error | ForEach-Object { `$_.Exception.ToString() } }"
        $text = $lines -join "`n"
        $text | Should -Match 'You sent'
        $text | Should -Not -Match "[\u001b\u202e]"
        foreach ($secret in $secrets) {
            foreach ($form in $secret, [uri]::EscapeDataString($secret)) {
                for ($at = 0; $at + 16 -le $form.Length; $at++) { $text.Contains($form.Substring($at, 16)) | Should -BeFalse }
            }
        }
    }
}

Describe 'The browser' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'shows a page of ours at the end: <Name>' -ForEach @(
        @{ Name = 'well'; Option = @{}; Title = 'You are signed in'; End = 'admin@contoso.example' }
        @{ Name = 'refused'; Option = @{ refuseBrowser = 'access_denied' }; Title = 'The sign-in did not succeed'; End = 'SignInFailed' }
        @{ Name = 'refused when the code is redeemed'; Option = @{ failsFrom = 1 }; Title = 'The sign-in did not succeed'; End = 'SignInFailed' }
    ) {
        Start-Both -SignIn @{ Option = $Option }
        $page = Join-Path $TestDrive 'page.html'
        Remove-Item -LiteralPath $page -ErrorAction Ignore
        $lines = Invoke-SignIn "try { (Connect).Account } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }; while (-not (Test-Path '$page.done')) { [Threading.Thread]::Yield() | Out-Null }; Remove-Item '$page.done'" -Environment (New-Browser "( curl -sLki -o $page `"`$1`"; touch $page.done )")
        $lines[-1] | Should -Be $End
        $text = [IO.File]::ReadAllText($page)
        $text | Should -Match "<title>$Title</title>"
        $text | Should -Match '<html lang="en">'
        $text | Should -Match "Content-Security-Policy: default-src 'none'"
        $text | Should -Match 'charset=utf-8'
        $text | Should -Not -Match '<script'
    }

    It 'that does not open leaves the address to open by hand' {
        Start-Both
        $address = Join-Path $TestDrive 'address'
        Remove-Item -LiteralPath $address -ErrorAction Ignore
        $lines = Invoke-SignIn "
            `$shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            `$shell.Runspace = [runspacefactory]::CreateRunspace(`$Host, [initialsessionstate]::CreateDefault2()); `$shell.Runspace.Open()
            `$null = `$shell.AddScript('Import-Module $ManifestPath; Connect-PartnerCenter -Endpoint $($api.endpoint) -Authority $($signIn.authority) -Tenant contoso.example')
            `$running = `$shell.BeginInvoke()
            while (-not (Test-Path '$address') -and -not `$running.IsCompleted) { [Threading.Thread]::Yield() | Out-Null }
            `$shell.Stop(); 'over'" -Environment (New-Browser "touch $address; exit 3")
        $lines -join '' | Should -Match 'open this address yourself \(Ctrl\+C cancels\): https://localhost:\d+/.*client_id='
    }
}

Describe 'What people paste' {
    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'is understood: a token as <_>' -ForEach 'Bearer {0}', 'bearer  {0} ', ' "{0}"', "{0}`n" {
        $server = Start-TestServer
        $null = Connect-PartnerCenter -AccessToken ($_ -f $server.token) -Endpoint $server.endpoint
        (Get-TestCall $server).headers.Authorization | Should -Be "Bearer $($server.token)"
    }

    It 'is understood: an endpoint that ends in <_>' -ForEach 'v1', 'v1/', 'V1' {
        $server = Start-TestServer
        $null = Connect-PartnerCenter -AccessToken $server.token -Endpoint ($server.endpoint + $_)
        (Get-TestCall $server).path | Should -Be '/v1/servicerequests'
    }

    It 'is understood: a thumbprint with <Name>' -ForEach @(
        @{ Name = 'colons'; Format = { param($t) ($t -replace '(..)(?=.)', '$1:') } }
        @{ Name = 'blanks and an invisible mark'; Format = { param($t) [char]0x200E + ($t -replace '(..)(?=.)', '$1 ') } }
    ) {
        $server = Start-TestServer
        $thumbprint = 'A1B2C3D4E5F60718293A4B5C6D7E8F9001122334'
        { Connect-PartnerCenter -RefreshToken x -ApplicationId (New-Guid) -CertificateThumbprint (& $Format $thumbprint) -Endpoint $server.endpoint } | Should -Throw "*thumbprint $thumbprint*"
    }

    It 'is told where it is empty: -<Name>' -ForEach @(
        @{ Name = 'AccessToken'; With = @{ AccessToken = '' } }
        @{ Name = 'RefreshToken'; With = @{ RefreshToken = ' '; ApplicationId = 'a' } }
        @{ Name = 'ApplicationSecret'; With = @{ RefreshToken = 'x'; ApplicationId = 'a'; ApplicationSecret = '' } }
    ) {
        $server = Start-TestServer
        { Connect-PartnerCenter @With -Endpoint $server.endpoint } | Should -Throw "-$Name is empty*" -ErrorId 'SignInFailed*'
    }

    It 'is told where a certificate has no private key' {
        $server = Start-TestServer
        $signIn = Start-TestSignIn -Server $server
        $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($signIn.pem)
        { Connect-PartnerCenter -RefreshToken x -ApplicationId (New-Guid) -Certificate $certificate -Endpoint $server.endpoint } | Should -Throw '*no private key*' -ErrorId 'SignInFailed*'
        Stop-TestServer $signIn
    }

    It 'is told where the cloud is closed' {
        $server = $null
        { Connect-PartnerCenter -AccessToken x -Environment Germany } | Should -Throw '*closed*' -ErrorId 'InvalidEnvironment*'
    }
}

Describe 'Scripts' {
    It 'that mock the cmdlets bind as the cmdlets do' {
        Mock Connect-PartnerCenter {}
        Mock Update-PartnerServiceRequest {}
        Mock Get-PartnerServiceRequest { 'mocked' }
        Connect-PartnerCenter -AccessToken 'abc'
        Connect-PartnerCenter -RefreshToken 'abc' -ApplicationId a -ApplicationSecret b
        Get-PartnerServiceRequest -Status 'attention_needed' | Should -Be 'mocked'
        Get-PartnerServiceRequest 616122292874576 | Should -Be 'mocked'
        Should -Invoke Connect-PartnerCenter -Exactly 2
    }

    It 'that wrap the cmdlets get through' {
        $null = Connect-PartnerCenter -Emulator
        $metadata = [Management.Automation.CommandMetadata]::new((Get-Command Get-PartnerServiceRequest))
        $wrapped = [scriptblock]::Create([Management.Automation.ProxyCommand]::Create($metadata))
        @(& $wrapped -Status attention_needed).Count | Should -Be @(Get-PartnerServiceRequest -Status AttentionNeeded).Count
        (& $wrapped 616122292874576).Id | Should -Be '616122292874576'
        Disconnect-PartnerCenter
    }

    It 'have no custom attributes on parameters' {
        foreach ($command in Get-Command -Module PartnerCenterSR) {
            foreach ($parameter in $command.Parameters.Values) {
                $parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] } | Should -BeNullOrEmpty -Because "$command -$($parameter.Name)"
            }
        }
    }
}

Describe 'The recipes of about_PartnerCenterSR_Authentication' -Skip:(-not $IsLinux) {
    BeforeAll {
        $topic = [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'about', 'about_PartnerCenterSR_Authentication.md'))
        $section = $topic.Substring($topic.IndexOf('## Without a secret of the application'))
        $blocks = [regex]::Matches($section.Substring(0, $section.IndexOf('## A whole job')), '(?s)```powershell\r?\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
    }

    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'get an assertion that is accepted: <Name>' -ForEach @(
        @{ Name = 'Azure Automation'; Index = 0; Answer = '{{"access_token":"{0}"}}'; Variable = @{ IDENTITY_ENDPOINT = '{0}identity'; IDENTITY_HEADER = 'header' }; Asked = 'resource=api' }
        @{ Name = 'GitHub Actions'; Index = 1; Answer = '{{"value":"{0}"}}'; Variable = @{ ACTIONS_ID_TOKEN_REQUEST_URL = '{0}identity?a=b'; ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'token' }; Asked = 'audience=api' }
        @{ Name = 'Azure DevOps'; Index = 2; Answer = '{{"oidcToken":"{0}"}}'; Variable = @{ SYSTEM_OIDCREQUESTURI = '{0}identity'; SYSTEM_ACCESSTOKEN = 'token'; CONNECTION_ID = 'id' }; Asked = 'serviceConnectionId=id' }
    ) {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); federatedSubject = 'repo:contoso/support:ref:refs/heads/main' } }
        Set-TestFault $api -Address identity -Status 200 -Body ($Answer -f (New-Assertion))
        $variables = @{}
        foreach ($key in $Variable.Keys) { $variables[$key] = $Variable[$key] -f $api.endpoint }
        $lines = Invoke-SignIn -Environment $variables "
            $($blocks[$Index])
            `$refresh = 'one'; `$app = '$application'
            function Connect-PartnerCenter { PartnerCenterSR\Connect-PartnerCenter @args -Endpoint $($api.endpoint) -Authority $($signIn.authority) }
            ($($blocks[3])).Account"
        $lines | Should -Be 'admin@contoso.example'
        (Get-TestCall $api | Where-Object path -Match identity).query | Should -Match $Asked
    }
}
