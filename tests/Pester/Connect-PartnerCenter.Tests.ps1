# Connect-PartnerCenter tells the truth, or fails and leaves nothing behind.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    function ConvertTo-Base64Url([string]$Text) {
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }

    # A token that says these things. Its signature is worth nothing.
    function New-Token([hashtable]$Claim) {
        '{0}.{1}.c2lnbmF0dXJl' -f (ConvertTo-Base64Url '{"alg":"none","typ":"JWT"}'), (ConvertTo-Base64Url ($Claim | ConvertTo-Json -Compress))
    }

    function New-UserClaim([string]$Audience, [string[]]$Method = @('pwd', 'mfa')) {
        @{
            aud = $Audience; exp = [DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds(); tid = '11111111-2222-3333-4444-555555555555'
            upn = 'admin@contoso.example'; appid = '66666666-7777-8888-9999-000000000000'; scp = 'user_impersonation'; amr = $Method
        }
    }
}

Describe 'Connect-PartnerCenter with an access token' {
    BeforeEach {
        $server = Start-TestServer -AcceptsAnyToken
        $own = $server.endpoint.TrimEnd('/')
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'says what the token says, after one call' {
        $context = Connect-PartnerCenter -AccessToken (New-Token (New-UserClaim $own)) -Endpoint $own
        $context.PSTypeNames[0] | Should -Be 'PartnerCenterSR.PartnerContext'
        $context.Account, $context.Tenant | Should -Be 'admin@contoso.example', '11111111-2222-3333-4444-555555555555'
        $context.CanRenew | Should -BeFalse
        $context.SignIn | Should -Be AccessToken
        $context.ExpiresOn | Should -BeGreaterThan (Get-Date)
        Get-TestCall $server | Should -HaveCount 1
        [object]::ReferenceEquals((Get-PartnerContext), $context) | Should -BeTrue
    }

    It 'takes it as <_>' -ForEach 'SecureString', 'text' {
        $token = if ($_ -eq 'text') { $server.token } else { ConvertTo-SecureString $server.token -AsPlainText -Force }
        (Connect-PartnerCenter -AccessToken $token -Endpoint $own).SignIn | Should -Be AccessToken
        (Get-TestCall $server).headers.Authorization | Should -Be "Bearer $($server.token)"
    }

    It 'refuses one that is <ErrorId> before it is sent' -ForEach @(
        @{ ErrorId = 'AppOnlyToken'; Change = { param($claims) $claims.Remove('scp'); $claims.Remove('upn'); $claims.idtyp = 'app'; $claims.roles = @('r') } }
        @{ ErrorId = 'TokenExpired'; Change = { param($claims) $claims.exp = [DateTimeOffset]::UtcNow.AddMinutes(-5).ToUnixTimeSeconds() } }
        @{ ErrorId = 'WrongAudience'; Change = { param($claims) $claims.aud = 'https://graph.microsoft.com' } }
    ) {
        $claims = New-UserClaim $own
        & $Change $claims
        try { Connect-PartnerCenter -AccessToken (New-Token $claims) -Endpoint $own } catch { $failed = $_ }
        Get-ErrorId $failed | Should -Be $ErrorId
        $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-TestCall $server | Should -BeNullOrEmpty
        Get-PartnerContext | Should -BeNullOrEmpty
    }

    It 'takes both audiences of the API: <_>' -ForEach 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd', 'the endpoint' {
        $audience = if ($_ -eq 'the endpoint') { $own } else { $_ }
        Connect-PartnerCenter -AccessToken (New-Token (New-UserClaim $audience)) -Endpoint $own | Should -Not -BeNullOrEmpty
    }

    It 'warns of a token without a second factor' {
        Connect-PartnerCenter -AccessToken (New-Token (New-UserClaim $own -Method pwd)) -Endpoint $own -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        "$warned" | Should -Match '900421'
    }
}

Describe 'Connect-PartnerCenter that fails' {
    It 'leaves no connection behind, not even the one before' {
        $server = Start-TestServer
        Connect-TestServer $server
        { Connect-PartnerCenter -AccessToken wrong -Endpoint $server.endpoint } | Should -Throw -ErrorId 'Unauthenticated*'
        Get-PartnerContext | Should -BeNullOrEmpty
        { Get-PartnerServiceRequest } | Should -Throw -ErrorId 'NotConnected*'
        Stop-TestServer $server
    }

    It 'says so where nobody is there, unless it is not to ask' {
        $server = Start-TestServer
        Stop-TestServer $server
        { Connect-PartnerCenter -AccessToken x -Endpoint $server.endpoint -MaximumRetryCount 0 } | Should -Throw -ErrorId 'ConnectionFailed*'
        Connect-PartnerCenter -AccessToken x -Endpoint $server.endpoint -SkipValidation | Should -Not -BeNullOrEmpty
        Disconnect-PartnerCenter
    }

    It 'never sends a token in the clear: <_>' -ForEach 'http://api.partnercenter.example', 'ftp://127.0.0.1', 'api.partnercenter.example', 'https://user:S3cret@api.partnercenter.example' {
        $refused = { Connect-PartnerCenter -AccessToken x -Endpoint $_ } | Should -Throw -ErrorId 'InsecureEndpoint*' -PassThru
        "$refused" | Should -Not -Match 'S3cret'
    }
}

Describe 'Connect-PartnerCenter -Environment' {
    It '<Name> is at <Endpoint>' -ForEach @(
        @{ Name = 'Global'; Endpoint = 'https://api.partnercenter.microsoft.com/' }
        @{ Name = 'USGovernment'; Endpoint = 'https://api.partnercenter.microsoft.com/' }
        @{ Name = 'China'; Endpoint = 'https://partner.partnercenterapi.microsoftonline.cn/' }
    ) {
        $context = Connect-PartnerCenter -AccessToken x -SkipValidation -Environment $Name
        $context.Endpoint.AbsoluteUri | Should -Be $Endpoint
        $context.Environment | Should -Be $Name
        Disconnect-PartnerCenter
    }
}

Describe 'Connect-PartnerCenter -Emulator' {
    BeforeAll {
        function Test-Port([Uri]$Endpoint) {
            $client = New-Object Net.Sockets.TcpClient
            try { $client.Connect($Endpoint.Host, $Endpoint.Port); $true } catch { $false } finally { $client.Dispose() }
        }
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'gives 24 requests to try things on, until Disconnect-PartnerCenter' {
        $context = Connect-PartnerCenter -Emulator
        $context.Environment | Should -Be Emulator
        Get-PartnerServiceRequest -PageSize 5 | Should -HaveCount 24
        Test-Port $context.Endpoint | Should -BeTrue
        Disconnect-PartnerCenter
        Test-Port $context.Endpoint | Should -BeFalse
        { Get-PartnerServiceRequest } | Should -Throw -ErrorId 'NotConnected*'
    }

    It 'ends with its runspace' {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $endpoint = $shell.AddScript("Import-Module '$ManifestPath'; (Connect-PartnerCenter -Emulator).Endpoint").Invoke()[0]
        $shell.Dispose()
        Test-Port $endpoint | Should -BeTrue
        $runspace.Dispose()
        Test-Port $endpoint | Should -BeFalse
    }

    It 'begins with a file of your own, in the module''s form as in the service''s' {
        $file = Join-Path $TestDrive 'mine.json'
        Set-Content -LiteralPath $file -Value '
            [{"Id":"42","Title":"Mine","Status":3,"StatusText":"AttentionNeeded","Severity":0,"SeverityText":"blocker","CreatedDate":"/Date(1484004675373)/",
              "Notes":{"value":[{"CreatedByName":"A","CreatedDate":"2017-01-09T23:31:15Z","Text":"kept"}],"Count":1},"AdditionalProperties":{"zone":"z"}}]'
        Connect-PartnerCenter -Emulator -EmulatorData $file | Out-Null
        $request = Get-PartnerServiceRequest 42
        $request.Status, $request.SeverityText | Should -Be 'AttentionNeeded', 'blocker'
        $request.CreatedDate.ToUniversalTime() | Should -Be ([datetime]::new(2017, 1, 9, 23, 31, 15, 373, [DateTimeKind]::Utc))
        $request.Notes[0].Text | Should -Be 'kept'
    }
}
