# A context is one account in one tenant, from its connection until it is disconnected, whoever holds it.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
}

Describe 'A connection' {
    It 'outlives the one after it: its emulator goes on' {
        $first = Connect-PartnerCenter -Emulator
        $second = Connect-PartnerCenter -Emulator
        @(Get-PartnerServiceRequest -Connection $first).Count | Should -Be 24
        Update-PartnerServiceRequest (Get-SampleId 3) -Note first -Connection $first | Out-Null
        (Get-PartnerServiceRequest (Get-SampleId 3) -Connection $second).Notes.Count | Should -Be 1
        Disconnect-PartnerCenter $first
        @(Get-PartnerServiceRequest).Count | Should -Be 24
        Disconnect-PartnerCenter
    }

    It 'outlives one that fails, which is current no more' {
        $first = Connect-PartnerCenter -Emulator
        { Connect-PartnerCenter -AccessToken x -Endpoint http://127.0.0.1:1 -MaximumRetryCount 0 } | Should -Throw
        Get-PartnerContext | Should -BeNullOrEmpty
        @(Get-PartnerServiceRequest -Connection $first -First 1).Count | Should -Be 1
        Disconnect-PartnerCenter $first
    }

    It 'that was ended is NotConnected for all who hold it, here and in another runspace' {
        $server = Start-TestServer
        Connect-TestServer $server
        $held = Get-PartnerContext
        Disconnect-PartnerCenter
        { Get-PartnerServiceRequest -Connection $held } | Should -Throw -ErrorId 'NotConnected*'
        { Update-PartnerServiceRequest 616122292874576 -Note x -Connection $held } | Should -Throw -ErrorId 'NotConnected*'
        $other = Invoke-InRunspace -ArgumentList $held 'param($held) Get-PartnerServiceRequest -Connection $held'
        Get-ErrorId $other.Errors[0] | Should -Be 'NotConnected'
        Get-TestCall $server | Should -BeNullOrEmpty
        Stop-TestServer $server
    }

    It 'that is ended under a run ends the run, which tells what landed and what was not sent' {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -From 50 -To 50 -Holds
        $held = Get-PartnerContext

        # From a file: of rows in a pipe, those that come behind the end are not counted.
        $file = Join-Path $TestDrive 'many.csv'
        0..299 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * ($_ % 24); Note = "n$_" } } | Export-Csv -LiteralPath $file
        $run = Start-ThreadJob {
            param($manifest, $held, $file)
            Import-Module $manifest
            try { Update-PartnerServiceRequest -Path $file -ThrottleLimit 1 -Connection $held 6>$null | Out-Null }
            catch { $_.FullyQualifiedErrorId.Split(',')[0]; $_.Exception.Message }
        } -ArgumentList $ManifestPath, $held, $file
        Wait-TestCall $server -Method PATCH -Count 50
        Disconnect-PartnerCenter
        Resume-TestCall $server
        $told = $run | Receive-Job -Wait -AutoRemoveJob
        $told[0] | Should -Be 'NotConnected'
        $told[1] | Should -Match 'Done: 50\. Failed: 0\. Not known: 0\. Not sent: 250'
        Get-TestUpdateCount $server | Should -Be 50
        Stop-TestServer $server
    }

    It 'ends with its runspace, current or not' {
        $shell = [powershell]::Create()
        $endpoints = $shell.AddScript('param($m) Import-Module $m; (Connect-PartnerCenter -Emulator).Endpoint; (Connect-PartnerCenter -Emulator).Endpoint').AddArgument($ManifestPath).Invoke()
        $shell.Runspace.Close()
        foreach ($endpoint in $endpoints) {
            { [Net.Sockets.TcpClient]::new($endpoint.Host, $endpoint.Port) } | Should -Throw
        }
    }
}

Describe 'A sign-in' -Skip:(-not $IsLinux) {
    AfterEach {
        Stop-TestServer $signIn
        Stop-TestServer $api
    }

    It 'whose renewal answers for another account writes nothing as that one' {
        Start-Both -Server @{ Generation = 'Older'; LatencyMs = 40 } -SignIn @{ Option = @{ refreshTokens = @('one'); lifetime = '00:00:02'; otherAccount = 'somebody@else.example' } }
        $lines = Invoke-SignIn "
            `$null = Connect -RefreshToken one -ApplicationId $application
            try { 0..399 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * (`$_ % 24); Note = `"n`$_`" } } | Update-PartnerServiceRequest -ThrottleLimit 4 6>`$null | Out-Null } catch { `$_.FullyQualifiedErrorId.Split(',')[0]; `$_.Exception.Message }
            try { Get-PartnerServiceRequest } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }"
        $lines[0] | Should -Be 'SignInFailed'
        $lines[1] | Should -Match 'another account \(somebody@else\.example'
        $lines[-1] | Should -Be 'SignInFailed'
        @((Get-TestCall $api).headers.Authorization | Select-Object -Unique) | Should -HaveCount 1
    }

    It 'is refused where its token is for another audience, with -SkipValidation too: <_>' -ForEach '', '-SkipValidation' {
        Start-Both
        $wrong = Start-TestServer -AcceptsAnyToken
        $lines = Invoke-SignIn "
            try { Connect-PartnerCenter -UseDeviceAuthentication -Endpoint $($wrong.endpoint) -Authority $($signIn.authority) $_ } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
            'context ' + [bool](Get-PartnerContext)"
        Stop-TestServer $wrong
        $lines | Select-Object -Last 2 | Should -Be 'WrongAudience', 'context False'
    }

    It 'that is disconnected renews nothing any more' {
        Start-Both -SignIn @{ Option = @{ refreshTokens = @('one'); lifetime = '00:00:01' } }
        $lines = Invoke-SignIn "
            `$held = Connect -RefreshToken one -ApplicationId $application -SkipValidation
            Disconnect-PartnerCenter
            try { Get-PartnerServiceRequest -Connection `$held } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }"
        $lines | Should -Be 'NotConnected'
        Get-TestGrant $signIn | Should -HaveCount 1
    }
}
