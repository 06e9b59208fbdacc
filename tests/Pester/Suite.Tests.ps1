# What the tests themselves are worth: each can fail, and none waits for the clock.

BeforeDiscovery {
    $files = @(Get-ChildItem -LiteralPath $PSScriptRoot -Filter *.ps*1 | ForEach-Object Name)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    function Get-Ast([string]$Name) { [Management.Automation.Language.Parser]::ParseFile((Join-Path $PSScriptRoot $Name), [ref]$null, [ref]$null) }
    function Find-Command($Ast, [string]$Name) { $Ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq $Name }, $true) }

    # The functions of the file that hold something themselves.
    function Get-Judge($Ast) {
        $Ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true) | Where-Object { Find-Command $_ Should } | ForEach-Object Name
    }
}

Describe 'The file <_>' -ForEach $files {
    It 'has no test that cannot fail' {
        $ast = Get-Ast $_
        $judges = @('Should') + @(Get-Judge $ast)
        $idle = foreach ($test in Find-Command $ast It) {
            if (-not ($judges | Where-Object { Find-Command $test $_ })) { '{0}: {1}' -f $test.Extent.StartLineNumber, $test.CommandElements[1] }
        }
        $idle | Should -BeNullOrEmpty
    }

    It 'is read alike by every edition' {
        # A character a byte. Windows PowerShell takes a file without a mark for the system's code page.
        $text = [Text.Encoding]::GetEncoding('iso-8859-1').GetString([IO.File]::ReadAllBytes((Join-Path $PSScriptRoot $_)))
        $text -match '^(\xEF\xBB\xBF|[\x00-\x7F]*$)' | Should -BeTrue
    }

    It 'waits for nothing by the clock' {
        $ast = Get-Ast $_
        Find-Command $ast 'Start-Sleep' | ForEach-Object { $_.Extent.StartLineNumber } | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0] -is [Management.Automation.Language.InvokeMemberExpressionAst] -and "$($args[0].Member)" -eq 'Sleep' }, $true) | Should -BeNullOrEmpty
    }
}

Describe 'The manifest and what it names' {
    It 'is sound' {
        $manifest = Test-ModuleManifest -Path $ManifestPath -ErrorAction Stop
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be 'Connect-PartnerCenter', 'Disconnect-PartnerCenter', 'Get-PartnerContext', 'Get-PartnerServiceRequest', 'Get-PartnerServiceRequestJournal', 'Update-PartnerServiceRequest'
        $manifest.ExportedAliases.Keys | Should -Be 'Set-PartnerServiceRequest'
        $manifest.ExportedFunctions.Keys | Should -BeNullOrEmpty
        $manifest.ExportedVariables.Keys | Should -BeNullOrEmpty
        'Description', 'Author', 'ProjectUri', 'LicenseUri', 'ReleaseNotes' | ForEach-Object { "$($manifest.$_)" | Should -Not -BeNullOrEmpty -Because $_ }
        $manifest.Tags.Count | Should -BeGreaterThan 3
        $manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
    }

    It 'uses approved verbs and singular nouns' {
        $approved = @(Get-Verb | ForEach-Object Verb)
        foreach ($command in Get-Command -Module PartnerCenterSR -CommandType Cmdlet) {
            $command.Verb | Should -BeIn $approved
            $command.Noun | Should -Not -Match 's$'
        }
    }

    It 'brings files that are signed by nobody or by one: no empty signature' {
        Get-ChildItem -LiteralPath (Split-Path $ManifestPath) -Recurse -Include *.ps1xml, *.psd1 | ForEach-Object { Get-Content -LiteralPath $_.FullName -Raw | Should -Not -Match 'SIG # Begin' }
    }
}
