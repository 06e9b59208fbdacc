# Errors as scripts meet them: preferences, variables, try and catch.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Without a connection' {
    It '<Name> fails with NotConnected' -ForEach @(
        @{ Name = 'Get-PartnerServiceRequest'; Command = { Get-PartnerServiceRequest } }
        @{ Name = 'Get-PartnerServiceRequest with an id'; Command = { Get-PartnerServiceRequest 616122292874576 } }
        @{ Name = 'Update-PartnerServiceRequest'; Command = { Update-PartnerServiceRequest 616122292874576 -Note x } }
    ) {
        Disconnect-PartnerCenter
        $Command | Should -Throw -ErrorId 'NotConnected*'
    }

    It 'Get-PartnerContext gives nothing' {
        Disconnect-PartnerCenter
        Get-PartnerContext | Should -BeNullOrEmpty
    }
}

Describe 'A failed Connect-PartnerCenter' {
    It 'leaves no connection behind, not the old one either' {
        $endpoint = (Connect-PartnerCenter -Emulator).Endpoint
        { Connect-PartnerCenter -AccessToken wrong -Endpoint $endpoint -MaximumRetryCount 0 } | Should -Throw
        Get-PartnerContext | Should -BeNullOrEmpty
    }

    It 'says Unauthenticated for a token that the service does not know' {
        $real = Connect-PartnerCenter -Emulator
        $other = [powershell]::Create()
        try {
            $other.AddScript('
                param($manifest, $endpoint)
                Import-Module $manifest
                try { Connect-PartnerCenter -AccessToken wrong -Endpoint $endpoint } catch { $_ }').AddArgument($ManifestPath).AddArgument($real.Endpoint) | Out-Null
            $failed = $other.Invoke()
            Get-ErrorId $failed | Should -Be 'Unauthenticated'
            $failed[0].CategoryInfo.Category | Should -Be AuthenticationError
            $failed[0].Exception.StatusCode | Should -Be 401
        }
        finally {
            $other.Dispose()
            Disconnect-PartnerCenter
        }
    }

    It 'says InsecureEndpoint before the token goes over plain http' {
        { Connect-PartnerCenter -AccessToken x -Endpoint http://api.contoso.example } | Should -Throw -ErrorId 'InsecureEndpoint*'
    }
}

Describe 'Errors of updates' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $rows = Get-Row 'Id,Note', 'abc,x', "$(Get-SampleId 0),one", "$(Get-SampleId 1),two"
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'can be caught with $ErrorActionPreference Stop, and nothing after the bad row is sent' {
        $failed = & {
            $ErrorActionPreference = 'Stop'
            try { $rows | Update-PartnerServiceRequest } catch { $_ }
        }
        Get-ErrorId $failed | Should -Be 'InvalidId'
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'can be caught by the type of the exception' {
        $caught = try { Get-PartnerServiceRequest 616122292999999 -ErrorAction Stop } catch [PartnerCenterSR.PartnerCenterException] { $_ }
        $caught.Exception.StatusCode | Should -Be 404
        $caught.Exception.ServiceErrorCode | Should -Be '1000'
        [Guid]$caught.Exception.RequestId | Should -Not -Be ([Guid]::Empty)
        [Guid]$caught.Exception.CorrelationId | Should -Not -Be ([Guid]::Empty)
    }

    It 'carry the words of the service' {
        Update-PartnerServiceRequest 616122292999999 -Note x -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].ErrorDetails.Message | Should -Match 'There is no service request 616122292999999'
    }

    It 'are overruled by -ErrorAction Continue under $ErrorActionPreference Stop' {
        $updated = & {
            $ErrorActionPreference = 'Stop'
            $rows | Update-PartnerServiceRequest -ErrorAction Continue -ErrorVariable script:failed 2>$null
        }
        $updated.Count | Should -Be 2
        Get-ErrorId $script:failed | Should -Be 'InvalidId'
    }

    It 'are in $Error with -ErrorAction SilentlyContinue' {
        $Error.Clear()
        $updated = $rows | Update-PartnerServiceRequest -ErrorAction SilentlyContinue
        $updated.Count | Should -Be 2
        Get-ErrorId @($Error) | Should -Be 'InvalidId'
    }

    It 'are nowhere with -ErrorAction Ignore' {
        $Error.Clear()
        $updated = $rows | Update-PartnerServiceRequest -ErrorAction Ignore
        $updated.Count | Should -Be 2
        $Error.Count | Should -Be 0
    }

    It 'are added to a variable with a plus sign' {
        $rows | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        Update-PartnerServiceRequest 616122292999999 -Note x -ErrorVariable +failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'InvalidId', 'NotFound'
    }

    It 'set $? to false' {
        Update-PartnerServiceRequest 616122292999999 -Note x -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }

    It 'are thrown once for an impossible -Status on the command line, whatever the rows' {
        { $rows | Update-PartnerServiceRequest -Status Finito } | Should -Throw -ErrorId 'InvalidStatus*'
        Get-AddedNote | Should -BeNullOrEmpty
    }

    It 'have the same ids in French, and other words' {
        $lines = Invoke-Fresh '
            [Threading.Thread]::CurrentThread.CurrentUICulture = ''fr-FR''
            Connect-PartnerCenter -Emulator | Out-Null
            [pscustomobject]@{ Id = ''abc''; Note = ''x'' } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
            $failed[0].FullyQualifiedErrorId; "$failed"'
        $lines[0] | Should -Match '^InvalidId,'
        $lines[1] | Should -Match 'abc'
        $lines[1] | Should -Not -Match 'is not a service request id'
    }
}

Describe 'A pipeline that Select-Object stops' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'gives the first update and sends no more than was under way' {
        $rows = 0..199 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 24); Note = "note $_" } }
        $updated = $rows | Update-PartnerServiceRequest -ThrottleLimit 1 | Select-Object -First 1
        $updated.Id | Should -Be (Get-SampleId 0)
        $sent = (Get-AddedNote).Text
        $sent | Should -Contain 'note 0'
        $sent | Should -Not -Contain 'note 199'
    }

    It 'leaves the connection as it was' {
        $rows = 0..9 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = 'x' } }
        $rows | Update-PartnerServiceRequest | Select-Object -First 1 | Out-Null
        Update-PartnerServiceRequest (Get-SampleId 20) -Note after | Out-Null
        (Get-PartnerServiceRequest (Get-SampleId 20)).Notes[-1].Text | Should -Be 'after'
    }
}

Describe 'Errors of the service' {
    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It '<Status> is <ErrorId>, with the category, the service''s words and the ids of the call' -ForEach @(
        @{ Status = 400; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument' }
        @{ Status = 401; ErrorId = 'Unauthenticated'; Category = 'AuthenticationError' }
        @{ Status = 403; ErrorId = 'AccessDenied'; Category = 'PermissionDenied' }
        @{ Status = 404; ErrorId = 'NotFound'; Category = 'ObjectNotFound' }
        @{ Status = 429; ErrorId = 'Throttled'; Category = 'LimitsExceeded' }
        @{ Status = 503; ErrorId = 'ServiceUnavailable'; Category = 'ResourceUnavailable' }
    ) {
        $server = Start-TestServer
        Connect-TestServer $server -MaximumRetryCount 0
        Set-TestFault $server -Status $Status -Body '{"code":"1000","description":"Plain words."}'
        try { Get-PartnerServiceRequest (Get-SampleId 0) -ErrorAction Stop } catch { $failed = $_ }
        Get-ErrorId $failed | Should -Be $ErrorId
        $failed.CategoryInfo.Category | Should -Be $Category
        $failed.TargetObject | Should -Be (Get-SampleId 0)
        $failed.ErrorDetails.Message | Should -Match 'Plain words'
        $failed.Exception | Should -BeOfType ([PartnerCenterSR.PartnerCenterException])
        $failed.Exception.StatusCode, $failed.Exception.ServiceErrorCode | Should -Be $Status, '1000'
        [Guid]$failed.Exception.RequestId, [Guid]$failed.Exception.CorrelationId | Should -Not -Contain ([Guid]::Empty)
    }

    It '<Status> with <Code> says how to sign in' -ForEach @(
        @{ Status = 403; Code = 900421; Cure = 'second factor' }
        @{ Status = 403; Code = 900329; Cure = 'application alone' }
        @{ Status = 401; Code = 900329; Cure = 'application alone' }
    ) {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Status $Status -Body "{`"code`":$Code,`"description`":`"No.`"}"
        Get-PartnerServiceRequest (Get-SampleId 0) -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].ErrorDetails.RecommendedAction | Should -Match $Cure
    }

    It 'that never comes is a Timeout' {
        $server = Start-TestServer
        Connect-TestServer $server -MaximumRetryCount 0 -TimeoutSec 1
        Set-TestFault $server -Ending Silence
        Get-PartnerServiceRequest (Get-SampleId 0) -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'Timeout'
    }

    It 'whose list cannot be read is a MalformedResponse' {
        $server = Start-TestServer
        Connect-TestServer $server -MaximumRetryCount 0
        Set-TestFault $server -Status 200 -Body '{"items":[{"id"'
        { Get-PartnerServiceRequest } | Should -Throw -ErrorId 'MalformedResponse*'
    }

    It 'that is gone is a ConnectionFailed, with advice' {
        $server = Start-TestServer
        Connect-TestServer $server -MaximumRetryCount 0
        Stop-TestServer $server
        Update-PartnerServiceRequest (Get-SampleId 0) -Note x -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'ConnectionFailed'
        $failed[0].CategoryInfo.Category | Should -Be ConnectionError
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'that redirects is not followed' {
        $elsewhere = Start-TestServer
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Status 307 -Header @{ Location = $elsewhere.endpoint }
        Update-PartnerServiceRequest (Get-SampleId 0) -Note x -ErrorVariable failed -ErrorAction SilentlyContinue
        Get-ErrorId $failed | Should -Be 'OutcomeUnknown'
        Get-TestCall $elsewhere | Should -BeNullOrEmpty
        Stop-TestServer $elsewhere
    }

    It 'that pass are waited for, with the same request id, and the note lands once' {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Method PATCH -From 1 -To 1 -Status 429 -Header @{ 'Retry-After' = '0' }
        Set-TestFault $server -Method PATCH -From 1 -To 1 -Status 503
        Update-PartnerServiceRequest (Get-SampleId 20) -Note x | Should -HaveCount 1
        $patches = Get-TestCall $server PATCH
        $patches | Should -HaveCount 3
        $patches.requestId | Select-Object -Unique | Should -HaveCount 1
        Get-TestNote $server (Get-SampleId 20) | Should -Be 'x'
    }

    It 'are redacted where they repeat the token: <_>' -ForEach 400, 401, 503 {
        $server = Start-TestServer
        Set-TestFault $server -Status $_ -Body '{"code":"Bad code: {authorization}","description":"Bad header: {authorization}"}'
        $run = Invoke-InRunspace -ArgumentList $server '
            param($server)
            $DebugPreference = $VerbosePreference = ''Continue''
            $c = Connect-PartnerCenter -AccessToken $server.token -Endpoint $server.endpoint -SkipValidation -SettleTimeSec 0 -MaximumRetryCount 1 -Verbose -Debug
            $c; "$c"; [Management.Automation.PSSerializer]::Serialize($c, 4)
            Update-PartnerServiceRequest 616122292874576 x -Verbose -Debug
            $Error | ForEach-Object { "$_"; $_.Exception.ToString(); [Management.Automation.PSSerializer]::Serialize($_, 4) }
            Get-PartnerServiceRequest -First 1 -Verbose -Debug'
        $all = @($run.Output) + $run.Errors + $run.Verbose + $run.Debug + $run.Warning + $run.Progress | ForEach-Object { "$_ $([Management.Automation.PSSerializer]::Serialize($_, 4))" }
        $all -join "`n" | Should -Match 'MS-RequestId'
        $all -join "`n" | Should -Match 'Bad header: Bearer \*\*\*'
        $all -join "`n" | Should -Match 'Bad code: Bearer \*\*\*'
        $all -join "`n" | Should -Not -Match $server.token
    }
}

Describe 'NotConnected' {
    It 'says what to run' {
        Disconnect-PartnerCenter
        try { Get-PartnerServiceRequest } catch { $_.ErrorDetails.RecommendedAction | Should -Match 'Connect-PartnerCenter' }
        { Get-PartnerServiceRequest } | Should -Throw
    }

    It 'is told in French in a French shell, with the same id' {
        $lines = Invoke-Fresh '
            [Threading.Thread]::CurrentThread.CurrentUICulture = ''fr-FR''
            try { Get-PartnerServiceRequest } catch { ($_.FullyQualifiedErrorId -split '','')[0]; $_.Exception.Message }' -Environment @{ DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '0'; LANG = 'fr_FR.UTF-8' }
        $lines[0] | Should -Be 'NotConnected'
        $lines[1] | Should -Match '^Cette session n''a pas de connexion'
    }
}
