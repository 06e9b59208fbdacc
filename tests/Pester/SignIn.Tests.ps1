# Every way to sign in, end to end: in a shell of its own that trusts the certificate of a real sign-in service on loopback.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
    $work = '
        "context $($c.Account) $($c.Tenant) $($c.SignIn) $($c.Mfa) $($c.CanRenew) $($c.Scopes.Count) $($c.ExpiresOn -gt [DateTime]::Now)"
        "listed " + @(Get-PartnerServiceRequest).Count
        "updated " + (Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note signed-in).Notes.Count'

    function Get-Expected([string]$Kind) { "context admin@contoso.example contoso.example $Kind True True 1 True", 'listed 24', 'updated 2' }
}

AfterAll {
    if ($api) { Stop-TestServer $api }
}

Describe 'Signing in' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'with a device code shows it though output is captured, and bears the wait' {
        Start-Both -SignIn @{ Option = @{ devicePolls = @('authorization_pending', 'authorization_pending') } }
        $lines = Invoke-SignIn "`$c = Connect -UseDeviceAuthentication; $work"
        $lines | Should -Be (@('To sign in, open https://microsoft.com/devicelogin and enter the code F4K9QX2Z.') + (Get-Expected Device))
        foreach ($secret in Get-TestSecret $signIn) { $lines -join "`n" | Should -Not -Match ([regex]::Escape($secret)) }
    }

    It 'in the browser comes back to this machine with a code that only it can use' {
        Start-Both
        $lines = Invoke-SignIn "`$c = Connect; $work" -Environment (New-Browser 'curl -sLk -o /dev/null "$1"')
        $lines | Select-Object -Skip 1 | Should -Be (Get-Expected User)
        Get-TestGrant $signIn | Should -Be 'authorization_code'
    }

    It 'with a refresh token and <Proof> needs nobody, and hands the next token out' -ForEach @(
        @{ Proof = 'no proof'; Option = @{}; With = '-ApplicationId {0}' }
        @{ Proof = 'a secret'; Option = @{ clientSecret = 'app-secret' }; With = '-ApplicationId {0} -ApplicationSecret app-secret' }
        @{ Proof = 'a credential'; Option = @{ clientSecret = 'app-secret' }; With = '-Credential ([pscredential]::new(''{0}'', (ConvertTo-SecureString app-secret -AsPlainText -Force)))' }
        @{ Proof = 'a certificate'; Option = @{}; Certificate = $true; With = '-ApplicationId {0} -Certificate ([Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12([Convert]::FromBase64String(''{1}''), $null))' }
    ) {
        Start-Both -SignIn @{ Option = $Option + @{ refreshTokens = @('first-refresh-token') }; NeedsCertificate = [bool]$Certificate }
        $lines = Invoke-SignIn ('$c = Connect -RefreshToken (ConvertTo-SecureString first-refresh-token -AsPlainText -Force) -RotatedRefreshTokenVariable next ' + ($With -f $application, $signIn.certificate) + $work +
            '; "next " + $global:next.GetType().Name + " " + ([Net.NetworkCredential]::new("", $global:next).Password -like "refresh-*")').Replace('RotatedRefreshTokenVariable next', 'RotatedRefreshTokenVariable global:next')
        $lines | Should -Be ((Get-Expected RefreshToken) + 'next SecureString True')
        Get-TestGrant $signIn | Should -Be 'refresh_token'
        foreach ($secret in Get-TestSecret $signIn) { $lines -join "`n" | Should -Not -Match ([regex]::Escape($secret)) }
    }

    It 'whose tokens end in mid-run renews each once, however many workers' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 40 } -SignIn @{ Option = @{ refreshTokens = @('first-refresh-token'); lifetime = '00:00:01' } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken first-refresh-token -ApplicationId $application
            'updated ' + @(0..499 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 8).Count"
        $lines[-1] | Should -Be 'updated 500'
        Get-TestUpdateCount $api | Should -Be 500

        # Every token that was issued was also used: none was fetched twice over.
        $grants = @(Get-TestGrant $signIn).Count
        $grants | Should -BeIn (2..60)
        (Get-TestCall $api).headers.Authorization | Select-Object -Unique | Should -HaveCount $grants
    }

    It 'whose service fails for a while in mid-run stops nothing while the token lasts' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 80 } -SignIn @{ Option = @{ refreshTokens = @('first-refresh-token'); lifetime = '00:00:20'; failsFrom = 2 } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken first-refresh-token -ApplicationId $application
            'updated ' + @(0..59 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue 6>`$null).Count
            'failed ' + `$failed.Count"
        $lines | Should -Be 'updated 60', 'failed 0'
        Get-TestUpdateCount $api | Should -Be 60
    }

    It 'to be kept, on a machine without a safe store, is a warning and in memory only' {
        Start-Both
        $folder = Join-Path $TestDrive 'home'
        $null = New-Item -ItemType Directory -Path $folder -Force
        $lines = Invoke-SignIn "`$c = Connect -UseDeviceAuthentication -ContextScope CurrentUser; $work" -Environment @{
            HOME = $folder; XDG_DATA_HOME = (Join-Path $folder 'data'); DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nowhere'
        }
        $lines[0] | Should -Match '^WARNING: This machine has no safe store'
        $secrets = Get-TestSecret $signIn
        foreach ($file in Get-ChildItem -LiteralPath $folder -Recurse -File -Force) {
            $text = [IO.File]::ReadAllText($file.FullName)
            foreach ($secret in $secrets) { $text | Should -Not -Match ([regex]::Escape($secret)) }
        }
    }

    It 'where nobody is there asks nobody, and says what to use: <How> <Switch>' -ForEach @(
        @{ How = '-UseDeviceAuthentication'; Switch = '-NonInteractive' }
        @{ How = ''; Switch = '-noni' }
    ) {
        Start-Both
        $lines = Invoke-SignIn "try { Connect $How } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.RecommendedAction }" -Switch $Switch
        $lines[0] | Should -Match '^SignInFailed,'
        $lines[1] | Should -Match '-RefreshToken'
        Get-TestSecret $signIn | Should -BeNullOrEmpty
    }

    It 'stopped while it waits for a person ends at once, and frees the port: <Name>' -ForEach @(
        @{ Name = 'browser'; How = '' }
        @{ Name = 'device'; How = '-UseDeviceAuthentication' }
    ) {
        Start-Both -SignIn @{ Option = @{ devicePolls = @('authorization_pending') * 1000 } }
        $asked = Join-Path $TestDrive 'asked'
        Remove-Item -LiteralPath $asked -ErrorAction SilentlyContinue
        $lines = Invoke-SignIn "
            `$shell = [powershell]::Create()
            `$shell.Runspace = [runspacefactory]::CreateRunspace(`$Host, [initialsessionstate]::CreateDefault2())
            `$shell.Runspace.Open()
            `$null = `$shell.AddScript('Import-Module $ManifestPath; Connect-PartnerCenter -Endpoint $($api.endpoint) -Authority $($signIn.authority) -Tenant contoso.example $How')
            `$running = `$shell.BeginInvoke()
            while ('$How' -eq '' -and -not (Test-Path '$asked') -and -not `$running.IsCompleted) { [Threading.Thread]::Yield() | Out-Null }
            while ('$How' -ne '' -and `$shell.InvocationStateInfo.State -ne 'Running' -and -not `$running.IsCompleted) { [Threading.Thread]::Yield() | Out-Null }
            if (`$running.IsCompleted) { `$shell.Streams.Error }
            `$shell.Stop()
            'stopped ' + `$running.IsCompleted + ' ' + `$shell.InvocationStateInfo.State
            `$port = if ('$How') { 0 } else { [int]([regex]::Match([IO.File]::ReadAllText('$asked'), 'localhost%3A(\d+)').Groups[1].Value) }
            'listening ' + (`$port -in [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners().Port)" -Environment (New-Browser "echo `"`$1`" > $asked.new; mv $asked.new $asked")
        $lines | Select-Object -Last 2 | Should -Be 'stopped True Stopped', 'listening False'
    }

    It 'with -Verbose -Debug tells of itself, and of no secret in any encoding: <Name>' -ForEach @(
        @{ Name = 'device'; How = '-UseDeviceAuthentication'; Given = @() }
        @{ Name = 'browser'; How = ''; Given = @() }
        @{ Name = 'refresh token and secret'; How = '-RefreshToken given-refresh-token-0123456789 -ApplicationId {0} -ApplicationSecret given~secret+of/the=application'; Given = 'given-refresh-token-0123456789', 'given~secret+of/the=application' }
        @{ Name = 'refresh token and assertion'; How = '-RefreshToken given-refresh-token-0123456789 -ApplicationId {0} -ClientAssertion {{ "e30.Z2l2ZW4tYXNzZXJ0aW9uLTAxMjM0NTY3ODk.c2lnbmF0dXJl" }}'; Given = 'given-refresh-token-0123456789', 'e30.Z2l2ZW4tYXNzZXJ0aW9uLTAxMjM0NTY3ODk.c2lnbmF0dXJl' }
    ) {
        Start-Both -Server @{ Generation = 'Older' } -SignIn @{ Option = @{ refreshTokens = @('given-refresh-token-0123456789'); lifetime = '00:00:02' } }
        $transcript = Join-Path $TestDrive "$Name.txt"
        $lines = Invoke-SignIn -Environment (New-Browser 'curl -sLk -o /dev/null "$1"') "
            `$null = Start-Transcript '$transcript' -Force
            `$null = Connect $($How -f $application) -Verbose -Debug -RotatedRefreshTokenVariable next
            0..40 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -Verbose -Debug | Out-Null
            `$first = (Get-PartnerContext).ExpiresOn
            while ((Get-PartnerContext).ExpiresOn -eq `$first) { Get-PartnerServiceRequest -First 1 -Verbose -Debug | Out-Null }
            Get-PartnerContext | Format-List * -Force
            Get-PartnerContext | ConvertTo-Json -Depth 5
            [Management.Automation.PSSerializer]::Serialize((Get-PartnerContext), 5)
            try { Update-PartnerServiceRequest 616122292874576 -Note x -Connection (Connect-PartnerCenter -AccessToken wrong -Endpoint $($api.endpoint) -SkipValidation) -ErrorAction Stop } catch { `$_ | Format-List * -Force; `$_.Exception.ToString() }
            `$Error | Format-List * -Force
            Stop-Transcript | Out-Null"
        $text = ($lines -join "`n") + [IO.File]::ReadAllText($transcript)
        $text | Should -Match 'Signing in at localhost as'
        $text | Should -Match 'Signed in as admin@contoso.example'
        foreach ($secret in @(Get-TestSecret $signIn) + $Given) {
            $base64 = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))
            foreach ($form in @($secret, [uri]::EscapeDataString($secret), $base64 | Where-Object Length -ge 16)) {
                $text.Contains($form.Substring($form.Length - 16)) | Should -BeFalse
                for ($at = 0; $at + 16 -le $form.Length; $at += 7) { $text.Contains($form.Substring($at, 16)) | Should -BeFalse }
            }
        }
    }
}
