# No secret in a transcript, however much is said.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $secret = 'recognizable' + [Guid]::NewGuid().ToString('N')
    $endpoint = (Connect-PartnerCenter -Emulator).Endpoint.AbsoluteUri

    function ConvertTo-Base64Url([string]$Text) {
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }

    # A token with these claims, whose signature is the secret.
    function New-Token([hashtable]$Claim) {
        '{0}.{1}.{2}' -f (ConvertTo-Base64Url '{"alg":"RS256","typ":"JWT"}'), (ConvertTo-Base64Url ($Claim | ConvertTo-Json -Compress)), $secret
    }

    # Runs a script under Start-Transcript, all streams on, and gives what the transcript and the console say.
    # The script finds the token in $token, and in $endpoint an API that does not know it.
    function Get-Transcript([string]$Token, [string]$Script) {
        $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.txt')
        $env:PARTNERCENTERSR_TEST_TOKEN = $Token
        try {
            $console = Invoke-Fresh ('
                $token = $env:PARTNERCENTERSR_TEST_TOKEN
                $endpoint = ''{0}''
                $DebugPreference = $VerbosePreference = $InformationPreference = ''Continue''
                Start-Transcript -LiteralPath ''{1}'' | Out-Null
                try {{ {2} }} catch {{ ''caught '' + $_.FullyQualifiedErrorId; $_ | Format-List * -Force; $_.Exception.ToString() }}
                Stop-Transcript | Out-Null' -f $endpoint, $path.Replace("'", "''"), $Script)
        }
        finally {
            Remove-Item Env:PARTNERCENTERSR_TEST_TOKEN
        }

        @(Get-Content -LiteralPath $path) + $console -join "`n"
    }
}

AfterAll {
    Disconnect-PartnerCenter
}

Describe 'A transcript' {
    It 'would show the secret if it were written' {
        Get-Transcript $secret '"said: $token"' | Should -Match $secret
    }

    It 'has no secret of a connect that succeeds' {
        $text = Get-Transcript $secret '
            $context = Connect-PartnerCenter -AccessToken $token -Endpoint $endpoint -SkipValidation -Verbose -Debug
            $context; $context | Format-List * -Force; "$context"; $context | ConvertTo-Json -Depth 8
            [Management.Automation.PSSerializer]::Serialize($context, 8)'
        $text | Should -Match 'AccessToken'
        $text | Should -Not -Match $secret
    }

    It 'has no secret of a run that succeeds' {
        $server = Start-TestServer -AcceptsAnyToken
        $text = Get-Transcript $secret "
            Connect-PartnerCenter -AccessToken `$token -Endpoint $($server.endpoint) -Verbose -Debug
            Get-PartnerServiceRequest -First 1 -Verbose -Debug
            Update-PartnerServiceRequest 616122292874576 -Note x -Verbose -Debug"
        $text | Should -Match 'PATCH'
        (Get-TestCall $server)[0].headers.Authorization | Should -Be "Bearer $secret"
        $text | Should -Not -Match $secret
        Stop-TestServer $server
    }

    It 'has no secret of a connect that fails' {
        $text = Get-Transcript $secret 'Connect-PartnerCenter -AccessToken $token -Endpoint $endpoint -MaximumRetryCount 0 -Verbose -Debug'
        $text | Should -Match 'caught Unauthenticated'
        $text | Should -Match 'MS-RequestId'
        $text | Should -Not -Match $secret
    }

    It 'has no secret of a run that fails' {
        $text = Get-Transcript $secret '
            Connect-PartnerCenter -AccessToken $token -Endpoint $endpoint -SkipValidation -MaximumRetryCount 0 -Verbose -Debug
            616122292874576, 616122292874581 | Update-PartnerServiceRequest -Note x -Verbose -Debug
            $Error | ForEach-Object { $_ | Format-List * -Force; $_.Exception.ToString() }
            Get-PartnerServiceRequest -Verbose -Debug'
        $text | Should -Match 'caught Unauthenticated'
        $text | Should -Match 'PATCH'
        $text | Should -Not -Match $secret
    }

    It 'has no secret of a token refused as <ErrorId>' -ForEach @(
        @{ ErrorId = 'TokenExpired'; Claim = @{ aud = 'https://api.partnercenter.microsoft.com'; scp = 'user_impersonation'; exp = 1500000000 } }
        @{ ErrorId = 'WrongAudience'; Claim = @{ aud = 'https://graph.microsoft.com'; scp = 'user_impersonation'; exp = 4000000000 } }
        @{ ErrorId = 'AppOnlyToken'; Claim = @{ aud = 'https://api.partnercenter.microsoft.com'; idtyp = 'app'; roles = @('x'); exp = 4000000000 } }
    ) {
        $text = Get-Transcript (New-Token $Claim) 'Connect-PartnerCenter -AccessToken $token -Verbose -Debug -MaximumRetryCount 0 -TimeoutSec 1'
        $text | Should -Match "caught $ErrorId"
        $text | Should -Not -Match $secret
        $text | Should -Not -Match ([regex]::Escape((New-Token $Claim).Split('.')[1]))
    }

    It 'has no secret of a SecureString given in place of text' {
        $text = Get-Transcript $secret '
            $secure = ConvertTo-SecureString $token -AsPlainText -Force
            Connect-PartnerCenter -AccessToken $secure -Endpoint $endpoint -MaximumRetryCount 0 -Verbose -Debug'
        $text | Should -Match 'caught Unauthenticated'
        $text | Should -Not -Match $secret
    }
}
