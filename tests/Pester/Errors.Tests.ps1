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
            [pscustomobject]@{ Id = ''abc''; Note = ''x'' } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
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
