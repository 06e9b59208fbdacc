# Never in another module's way, nor any other in ours.
# Needs a shell of its own: what others loaded stays in a process.

BeforeDiscovery {
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path $HOME '.nuget/packages' }
    $others = @('4.61.3', '4.92.0' | ForEach-Object {
            @{ Version = $_; Assembly = [IO.Path]::Combine($packages, 'microsoft.identity.client', $_, 'lib', 'netstandard2.0', 'Microsoft.Identity.Client.dll') }
        })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $loaded = '[AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq ''Microsoft.Identity.Client'' })'
    $signIn = '
        try { Connect-PartnerCenter -RefreshToken x -ApplicationId y -Authority https://localhost:1 -MaximumRetryCount 0 }
        catch { ''tried '' + ($_.FullyQualifiedErrorId -split '','')[0] }'
}

Describe 'Import-Module and the emulator' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    It 'load no MSAL, and leave only cmdlets and models in the default load context' {
        $lines = Invoke-Fresh "
            Connect-PartnerCenter -Emulator | Out-Null
            Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note x | Out-Null
            'msal ' + @($loaded).Count
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ `$_.GetName().Name }).Where({ `$_ -like 'PartnerCenterSR*' -or `$_ -in 'Polly.Core', 'CsvHelper' }) | Sort-Object"
        $lines | Should -Be 'msal 0', 'PartnerCenterSR', 'PartnerCenterSR.Models'
    }
}

Describe 'Another module''s MSAL <Version>' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -ForEach $others {
    It 'is there to be tried' {
        Test-Path -LiteralPath $Assembly | Should -BeTrue
    }

    It 'loaded first stays what it is, and ours works' {
        $lines = Invoke-Fresh -NoImport "
            `$null = [Reflection.Assembly]::LoadFrom('$Assembly')
            Import-Module `$ManifestPath
            $signIn
            $loaded.ForEach({ `"`$(`$_.GetName().Version) `$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name)`" })
            [Microsoft.Identity.Client.PublicClientApplicationBuilder].Assembly.GetName().Version.ToString()"
        $lines[0] | Should -Be 'tried SignInFailed'
        $lines | Should -Contain "$Version.0 Default"
        $lines -match ' PartnerCenterSR$' -notmatch "^$Version" | Should -HaveCount 1
        $lines[-1] | Should -Be "$Version.0"
    }

    It 'is itself where ours was loaded first' {
        Invoke-Fresh "
            $signIn
            `$null = [Reflection.Assembly]::LoadFrom('$Assembly')
            [Microsoft.Identity.Client.PublicClientApplicationBuilder].Assembly.GetName().Version.ToString()
            $signIn" | Should -Be 'tried SignInFailed', "$Version.0", 'tried SignInFailed'
    }
}

Describe 'Two runspaces in two tenants' {
    It 'do not mix' {
        $servers = 1..2 | ForEach-Object { Start-TestServer }
        $shells = foreach ($server in $servers) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript('
                param($Manifest, $Server)
                Import-Module $Manifest
                $null = Connect-PartnerCenter -AccessToken $Server.token -Endpoint $Server.endpoint -SkipValidation -Tenant $Server.token
                1..30 | ForEach-Object { $null = Update-PartnerServiceRequest 616122292874576 "n$_"; (Get-PartnerContext).Tenant }').AddArgument($ManifestPath).AddArgument($server)
            [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke(); Server = $server }
        }
        foreach ($one in $shells) {
            $one.Shell.EndInvoke($one.Running) | Select-Object -Unique | Should -Be $one.Server.token
            $one.Shell.Streams.Error | Should -BeNullOrEmpty
            $one.Shell.Dispose()
            (Get-TestCall $one.Server).headers.Authorization | Select-Object -Unique | Should -Be "Bearer $($one.Server.token)"
            Get-TestNote $one.Server | Should -HaveCount 30
            Stop-TestServer $one.Server
        }
    }
}
