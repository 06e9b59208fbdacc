# Help where people look for it first: of the cmdlets and topics that there are, and made of their present sources.

BeforeDiscovery {
    $root = [IO.Path]::Combine($PSScriptRoot, '..', '..')
    $manifest = Import-PowerShellDataFile (Join-Path $root 'PartnerCenterSR.psd1')
    $cmdlets = $manifest.CmdletsToExport
    $pages = @(Get-ChildItem ([IO.Path]::Combine($root, 'docs', 'en-US')) -Filter *.md | ForEach-Object FullName)
    $topics = @(Get-ChildItem ([IO.Path]::Combine($root, 'docs', 'about')) -Filter *.md | ForEach-Object FullName)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $root = (Resolve-Path ([IO.Path]::Combine($PSScriptRoot, '..', '..'))).ProviderPath
    $helpFolder = [IO.Path]::Combine($root, 'docs', 'help')
}

Describe 'Help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $_ -Full
        $command = Get-Command $_
    }

    It 'is shown by -?' {
        $text = & $_ -? | Out-String
        foreach ($part in '(?m)^NAME\s+', '(?m)^SYNTAX\s+', [regex]::Escape($_), '(?m)^SYNOPSIS\s+\S', '(?m)^DESCRIPTION\s+\S') { $text | Should -Match $part }
    }

    It 'has three examples or more, which parse and name real parameters' {
        $examples = @($help.Examples.Example | Where-Object { $_ })
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $errors = $null
            $example.Code | Should -Match '\S'
            $example.Code | Should -Not -Match '```'
            ($example.Remarks.Text -join '') | Should -Match '\w'
            $script = [Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            foreach ($call in $script.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ($call.GetCommandName() -notlike '*-Partner*') { continue }
                $called = Get-Command $call.GetCommandName() -ErrorAction Stop
                $resolved = if ($called.ResolvedCommand) { $called.ResolvedCommand } else { $called }
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    { $resolved.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because $example.Code
                }
            }
        }
    }

    It 'describes each parameter with its aliases, and no other' {
        $common = [Management.Automation.Cmdlet]::CommonParameters + 'ProgressAction'
        $parameters = $command.Parameters.Values | Where-Object {
            $_.Name -notin $common -and -not ($_.Attributes | Where-Object { $_ -is [Parameter] -and $_.DontShow })
        }
        $told = @($help.Parameters.Parameter | Where-Object { $_ })
        $told.Name | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
        foreach ($parameter in $told) {
            ($parameter.Description.Text -join '') | Should -Match '\w' -Because $parameter.Name
            ($parameter.Aliases -replace '^none$', '') | Should -Be (($parameters | Where-Object Name -eq $parameter.Name).Aliases -join ', ') -Because $parameter.Name
        }
    }

    It 'has as many forms as there are parameter sets' {
        @($help.Syntax.SyntaxItem).Count | Should -Be $command.ParameterSets.Count
    }

    It 'is on the web where the cmdlet says' {
        $command.HelpUri | Should -Be "https://github.com/PartnerCenterSR/PartnerCenterSR/blob/main/docs/en-US/$_.md"
        $help.RelatedLinks.NavigationLink.Uri | Should -Contain $command.HelpUri
    }
}

Describe 'Help' {
    It 'comes under the alias too' {
        Set-PartnerServiceRequest -? | Out-String | Should -Match 'Update-PartnerServiceRequest'
    }

    It 'has the topic <_>' -ForEach @($topics | ForEach-Object { [IO.Path]::GetFileNameWithoutExtension($_) }) {
        Get-Help $_ | Out-String | Should -Match '(?m)^LONG DESCRIPTION'
    }
}

Describe 'What is generated is not older than its source (run "./build.ps1 Docs")' {
    It 'of <_>' -ForEach $pages {
        $bytes = [Text.Encoding]::UTF8.GetBytes([IO.File]::ReadAllText($_).Replace("`r", ''))
        $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '').ToLowerInvariant()
        Get-Content -LiteralPath (Join-Path $helpFolder 'sources.sha256') | Should -Contain ('{0}  {1}' -f $hash, [IO.Path]::GetFileName($_))
    }

    It 'of <_>' -ForEach $topics {
        $made = [IO.File]::ReadAllText([IO.Path]::Combine($helpFolder, 'en-US', [IO.Path]::GetFileNameWithoutExtension($_) + '.help.txt'))
        $made.Replace("`r", '') | Should -BeExactly (& ([IO.Path]::Combine($root, 'build', 'ConvertTo-AboutTopic.ps1')) -Path $_)
    }
}
