# Multifactor authentication by the service's own word: at the connection, and in the middle of a run.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
    $rows = '0..399 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 24); Note = "n$_" } }'
}

Describe 'Connect-PartnerCenter asks the service about MFA' {
    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'and shows its word: <Word>' -ForEach @(
        @{ Word = $true; Server = @{ IsMfaCompliant = $true } }
        @{ Word = $null; Server = @{} }
    ) {
        $server = Start-TestServer @Server
        (Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint).Mfa | Should -Be $Word
        (Get-TestCall $server).headers.ValidateMfa | Should -Be 'true'
    }

    It 'and connects to nothing where it says no, with the cure for a token' {
        $server = Start-TestServer -IsMfaCompliant $false
        try { Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint } catch { $failed = $_ }
        Get-ErrorId $failed | Should -Be 'MfaRequired'
        $failed.CategoryInfo.Category | Should -Be AuthenticationError
        $failed.ErrorDetails.RecommendedAction | Should -Match 'second factor'
        Get-PartnerContext | Should -BeNullOrEmpty
    }

    It 'and does not believe a token that says so itself' {
        $server = Start-TestServer -AcceptsAnyToken
        $claims = '{"aud":"' + $server.endpoint.TrimEnd('/') + '","upn":"a@b","scp":"user_impersonation","amr":["pwd","mfa"]}'
        $token = 'e30.' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + '.x'
        (Connect-PartnerCenter -AccessToken $token -Endpoint $server.endpoint).Mfa | Should -BeNullOrEmpty
    }

    It 'for <Code> of a 401 says MfaRequired' -ForEach @{ Code = '900421' }, @{ Code = '10001' } {
        $server = Start-TestServer
        Set-TestFault $server -Status 401 -Body "{`"code`":`"$Code`",`"description`":`"MFA`"}"
        { Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint } | Should -Throw -ErrorId 'MfaRequired*'
        Get-TestCall $server | Should -HaveCount 1
    }
}

Describe 'MFA that the service demands in the middle of a run' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'signs a person in once more, once for all workers, and goes on' {
        Start-Both -Server @{ Generation = 'Older'; MfaFrom = 200 } -SignIn @{ Option = @{ mfa = $false } }
        $lines = Invoke-SignIn "
            `$null = Connect -UseDeviceAuthentication -SkipValidation
            'updated ' + @($rows | Update-PartnerServiceRequest -ThrottleLimit 8 -ErrorVariable failed 6>`$null).Count
            'failed ' + `$failed.Count"
        $lines | Where-Object { $_ -match '^To sign in' } | Should -HaveCount 2
        $lines | Select-Object -Last 2 | Should -Be 'updated 400', 'failed 0'
        Get-TestGrant $signIn | Should -Be @('device_code', 'device_code')
        Get-TestUpdateCount $api | Should -Be 400
    }

    It 'stops a run where nobody is there, told once, and the journal goes on after the next sign-in' {
        Start-Both -Server @{ Generation = 'Older'; MfaFrom = 200 } -SignIn @{ Option = @{ mfa = $false; rotates = $false; refreshTokens = @('without', 'second') } }
        $journal = Join-Path $TestDrive 'mfa.jsonl'
        $run = "try { $rows | Update-PartnerServiceRequest -ThrottleLimit 8 -JournalPath '$journal' -ErrorVariable failed -ErrorAction SilentlyContinue 6>`$null | Out-Null } catch { 'ended ' + `$_.FullyQualifiedErrorId.Split(',')[0]; `$_.Exception.Message; `$_.ErrorDetails.RecommendedAction }; 'failed ' + `$failed.Count"
        $lines = Invoke-SignIn "`$null = Connect -RefreshToken without -ApplicationId $application -SkipValidation -WarningAction Ignore; $run"
        $lines[0] | Should -Be 'ended MfaRequired'
        $lines[1] | Should -Match 'Not sent: \d+ \(6161'
        $lines[2] | Should -Match 'same journal'
        Get-TestGrant $signIn | Should -Be 'refresh_token'
        $landed = Get-TestUpdateCount $api
        $landed | Should -BeIn (150..199)

        # The next sign-in has MFA: the service is told so.
        Stop-TestServer $signIn
        $script:signIn = Start-TestSignIn -Server $api -Option @{ refreshTokens = @('with') }
        Set-Content -LiteralPath $trust -Value $signIn.pem
        $lines = Invoke-SignIn "`$null = Connect -RefreshToken with -ApplicationId $application; $run"
        $lines | Should -Be 'failed 0'
        Get-TestUpdateCount $api | Should -Be 400
    }

    It 'is one matter also where only some calls are refused' {
        Start-Both -Server @{ Generation = 'Older'; MfaFrom = 50; MfaEvery = 40 } -SignIn @{ Option = @{ mfa = $false; refreshTokens = @('without') } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken without -ApplicationId $application -SkipValidation -WarningAction Ignore
            try { $rows | Update-PartnerServiceRequest -ThrottleLimit 4 -ErrorVariable failed -ErrorAction SilentlyContinue 6>`$null | Out-Null } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
            @(`$failed | Where-Object { `$_ -is [Management.Automation.ErrorRecord] -and `$_.FullyQualifiedErrorId -notlike 'MfaRequired*' }).Count"
        $lines | Should -Be 'MfaRequired', '0'
    }

    It 'at the connection asks a person for it by the claim, and gives up where that brings none: <Claimed>' -ForEach @(
        @{ Claimed = $true; Expected = 'Mfa True' }
        @{ Claimed = $false; Expected = 'MfaRequired' }
    ) {
        Start-Both -SignIn @{ Option = @{ mfa = $false; mfaOnClaims = $Claimed } }
        $lines = Invoke-SignIn "try { 'Mfa ' + (Connect -UseDeviceAuthentication).Mfa } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }; 'context ' + [bool](Get-PartnerContext)"
        $lines | Where-Object { $_ -match '^To sign in' } | Should -HaveCount 2
        $lines | Select-Object -Last 2 | Should -Be $Expected, "context $Claimed"
    }

    It 'in the browser names the reason' {
        Start-Both -SignIn @{ Option = @{ mfa = $false } }
        $lines = Invoke-SignIn "(Connect).Mfa" -Environment (New-Browser 'curl -sLk -o /dev/null "$1"')
        $lines[1] | Should -Match 'requires multifactor authentication'
        @($lines | Where-Object { $_ })[-1] | Should -Be 'True' -Because ($lines -join '|')
    }
}

Describe 'A 403' {
    It 'with <Code> says what it means and what to do' -ForEach @(
        @{ Code = '900149'; Cure = 'programme is not active' }
        @{ Code = '900150'; Cure = 'up to an hour' }
        @{ Code = '2032'; Cure = 'Helpdesk agent' }
        @{ Code = '1'; Cure = 'Indirect resellers' }
    ) {
        $server = Start-TestServer
        Set-TestFault $server -Status 403 -Body "{`"code`":`"$Code`",`"description`":`"no`"}"
        try { Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint } catch { $failed = $_ }
        Stop-TestServer $server
        Get-ErrorId $failed | Should -Be 'AccessDenied'
        $failed.ErrorDetails.RecommendedAction | Should -Match $Cure
    }
}
