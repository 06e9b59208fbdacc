# The module as a guest in a session: what it brings, and that it takes it away again.
# Needs a shell of its own: the first import of a process is what is looked at.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'The manifest' {
    It 'is valid, without a warning' {
        $all = Test-ModuleManifest -Path $ManifestPath -ErrorAction Stop 3>&1
        $all | Should -HaveCount 1
        $all.Name | Should -Be 'PartnerCenterSR'
    }

    It 'exports six cmdlets, one alias and nothing else' {
        $module = Test-ModuleManifest -Path $ManifestPath
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be @(
            'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest'
            'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
        )
        $module.ExportedAliases.Keys | Should -Be 'Set-PartnerServiceRequest'
        $module.ExportedFunctions.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'says the same as the module that it imports' {
        $module = Get-Module PartnerCenterSR
        $module.ExportedCommands.Keys | Sort-Object | Should -Be ((Test-ModuleManifest -Path $ManifestPath).ExportedCommands.Keys | Sort-Object)
        (Get-Command -Module PartnerCenterSR).ModuleName | Sort-Object -Unique | Should -Be 'PartnerCenterSR'
    }
}

Describe 'The source' {
    It 'imported from its own folder says in one plain error where the module is' {
        $source = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'PartnerCenterSR.psd1')
        $lines = Invoke-Fresh -NoImport "
            try { Import-Module '$source' } catch { `$_.Exception.Message }
            'errors ' + `$Error.Count
            'modules ' + @(Get-Module PartnerCenterSR).Count"
        $lines[0] | Should -Match 'dotnet build.*out/PartnerCenterSR'
        $lines[1..2] | Should -Be 'errors 1', 'modules 0'
    }
}

Describe 'Names' {
    It 'of the columns are the aliases of the parameters: <_>' -ForEach 'Id', 'Note', 'Status', 'CustomerId' {
        Connect-PartnerCenter -Emulator | Out-Null
        Disconnect-PartnerCenter
        $core = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PartnerCenterSR.Core' } | Select-Object -First 1
        $column = $core.GetType('PartnerCenterSR.Core.UpdateColumn').GetProperty($_, [Reflection.BindingFlags]'Static, Public, NonPublic').GetValue($null)
        $column.Name | Should -Be $_
        (Get-Command Update-PartnerServiceRequest).Parameters[$_].Aliases | Should -Be $column.Aliases
    }

    It 'of what a journal entry can ask for are parameters of the update' {
        $asked = [PartnerCenterSR.JournalEntry].GetProperties().Name | Where-Object { $_ -notin 'Row', 'Outcome', 'ErrorId', 'ErrorMessage', 'Attempts', 'RequestId', 'CorrelationId', 'StartedAt', 'EndedAt' }
        $asked | Where-Object { $_ -notin (Get-Command Update-PartnerServiceRequest).Parameters.Keys } | Should -BeNullOrEmpty
        $asked | Should -Contain 'Description'
    }
}

Describe 'Import-Module and Remove-Module' {
    BeforeAll {
        # The names of everything that a session has.
        $names = '
            function Get-Name {
                Get-ChildItem Variable:, Alias:, Function:, Env: | ForEach-Object { $_.PSPath -replace ''^.*::'' }
                [psobject].Assembly.GetType(''System.Management.Automation.TypeAccelerators'')::Get.Keys | ForEach-Object { "type $_" }
                ''VerbosePreference {0}, ErrorActionPreference {1}'' -f $VerbosePreference, $ErrorActionPreference
                ''Protocols {0}'' -f [Net.ServicePointManager]::SecurityProtocol
            }
            $before = $after = $null
            Get-Name | Out-Null
            $before = Get-Name'
    }

    It 'say nothing' {
        Invoke-Fresh -NoImport 'Import-Module $ManifestPath; Remove-Module PartnerCenterSR' | Should -BeNullOrEmpty
    }

    It 'bring one alias, and no variable, function, type or preference' {
        Invoke-Fresh -NoImport "$names
            Import-Module `$ManifestPath
            `$after = Get-Name
            Compare-Object `$before `$after | ForEach-Object { `$_.SideIndicator + ' ' + `$_.InputObject }" | Should -Be '=> Set-PartnerServiceRequest'
    }

    It 'leave nothing behind, even after use' {
        Invoke-Fresh -NoImport "$names
            Import-Module `$ManifestPath
            Connect-PartnerCenter -Emulator | Out-Null
            Update-PartnerServiceRequest 616122292874576 -Note x | Out-Null
            Remove-Module PartnerCenterSR
            `$after = Get-Name
            Compare-Object `$before `$after | ForEach-Object { `$_.SideIndicator + ' ' + `$_.InputObject }
            'modules: ' + @(Get-Module PartnerCenterSR).Count
            'commands: ' + @(Get-Command -Module PartnerCenterSR -ErrorAction SilentlyContinue).Count
            'views: ' + @(Get-FormatData PartnerCenterSR.*).Count" | Should -Be 'modules: 0', 'commands: 0', 'views: 0'
    }

    It 'end the connection and the emulator' {
        Invoke-Fresh '
            $endpoint = (Connect-PartnerCenter -Emulator).Endpoint
            Remove-Module PartnerCenterSR
            $client = New-Object Net.Sockets.TcpClient
            try { $client.Connect($endpoint.Host, $endpoint.Port); ''open'' } catch { ''closed'' }' | Should -Be 'closed'
    }

    It 'can be done twice' {
        Invoke-Fresh '
            Remove-Module PartnerCenterSR
            Import-Module $ManifestPath
            Connect-PartnerCenter -Emulator | Out-Null
            (Get-PartnerServiceRequest -First 1).Id' | Should -Be (Get-SampleId 0)
    }

    It 'can be forced over a connection' {
        Invoke-Fresh '
            Connect-PartnerCenter -Emulator | Out-Null
            Import-Module $ManifestPath -Force
            @(Get-PartnerContext).Count
            Connect-PartnerCenter -Emulator | Out-Null
            (Get-PartnerServiceRequest -First 1).Id' | Should -Be '0', (Get-SampleId 0)
    }
}

Describe 'Disconnect-PartnerCenter' {
    It 'ends the emulator' {
        $endpoint = (Connect-PartnerCenter -Emulator).Endpoint
        Disconnect-PartnerCenter
        Get-PartnerContext | Should -BeNullOrEmpty
        $client = New-Object Net.Sockets.TcpClient
        { $client.Connect($endpoint.Host, $endpoint.Port) } | Should -Throw
    }

    It 'is no error where there is no connection' {
        Disconnect-PartnerCenter
        { Disconnect-PartnerCenter -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'Beside another module with a Connect-PartnerCenter' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'PartnerCenter'
        New-Item -ItemType Directory -Path $folder | Out-Null
        Set-Content -LiteralPath (Join-Path $folder 'PartnerCenter.psm1') -Value 'function Connect-PartnerCenter { ''the other one'' }; Export-ModuleMember -Function Connect-PartnerCenter'
        $other = (Join-Path $folder 'PartnerCenter.psm1').Replace("'", "''")
    }

    It 'each can be called by its full name, the other one imported <When>' -ForEach @(
        @{ When = 'first' }
        @{ When = 'last' }
    ) {
        $imports = "Import-Module '$other'", 'Import-Module $ManifestPath'
        if ($When -eq 'last') { [array]::Reverse($imports) }
        Invoke-Fresh -NoImport ($imports + '
            PartnerCenter\Connect-PartnerCenter
            (PartnerCenterSR\Connect-PartnerCenter -Emulator).SignIn.ToString()
            (Get-PartnerServiceRequest -First 1).Id' -join "`n") | Should -Be 'the other one', 'Emulator', (Get-SampleId 0)
    }

    It 'Get-Command shows both with their modules' {
        Invoke-Fresh "Import-Module '$other'
            Get-Command Connect-PartnerCenter -All | ForEach-Object Source | Sort-Object" | Should -Be 'PartnerCenter', 'PartnerCenterSR'
    }

    It 'a prefix keeps them apart' {
        Invoke-Fresh -NoImport "Import-Module '$other'
            Import-Module `$ManifestPath -Prefix My
            Connect-PartnerCenter
            (Connect-MyPartnerCenter -Emulator).SignIn.ToString()" | Should -Be 'the other one', 'Emulator'
    }
}
