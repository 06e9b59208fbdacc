# Every line of the topics about recipes and runbooks is run, and does what stands beside it.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Typed.ps1')
    $about = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'about')
    $names = { param($topic) @(Get-TopicBlock (Join-Path $about "$topic.md")) | ForEach-Object Name }
    $recipes = & $names about_PartnerCenterSR_Recipes
    $runbooks = & $names about_PartnerCenterSR_Runbooks
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    . (Join-Path $PSScriptRoot 'SignInShell.ps1')
    . (Join-Path $PSScriptRoot 'Typed.ps1')
    $about = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'about')

    function Get-Result([object[]]$Results, [string]$Like) { $Results | Where-Object Name -Like $Like | Select-Object -First 1 }

    # A vault, and what else a machine for runbooks has, of its own.
    $vault = "
        `$global:vault = @{ 'partner-refresh-token' = ConvertTo-SecureString one -AsPlainText -Force; 'partner-application' = ConvertTo-SecureString s3cret -AsPlainText -Force }
        function Get-Secret([string]`$Name, [switch]`$AsPlainText) { `$global:vault[`$Name] }
        function Set-Secret([string]`$Name, `$Secret) { `$global:vault[`$Name] = `$Secret }
        function Get-AutomationVariable([string]`$Name) { if (`$Name -like '*-id') { '2f1c0b6e-8f0e-4c6c-9a58-1d5d7c0a4b11' } else { [Net.NetworkCredential]::new('', `$global:vault[`$Name]).Password } }
        function Set-AutomationVariable([string]`$Name, [string]`$Value) { `$global:vault[`$Name] = ConvertTo-SecureString `$Value -AsPlainText -Force }
        "
    # What the functions that stand for Windows' scheduler are given must be parameters that it has.
    $scheduler = "
        function New-ScheduledTaskAction([string]`$Execute, [string]`$Argument) { 'action' }
        function New-ScheduledTaskTrigger([switch]`$Weekly, [string[]]`$DaysOfWeek, [datetime]`$At) { 'trigger' }
        function New-ScheduledTaskSettingsSet([string]`$MultipleInstances, [timespan]`$ExecutionTimeLimit) { 'settings' }
        function Register-ScheduledTask([string]`$TaskName, `$Action, `$Trigger, `$Settings, [string]`$User) { `"registered `$TaskName`" }
        "
}

Describe 'The recipes' {
    BeforeAll {
        $excel = Join-Path $TestDrive 'modules'
        $null = New-Item -ItemType Directory -Path (Join-Path $excel 'ImportExcel')
        Set-Content (Join-Path $excel 'ImportExcel/ImportExcel.psm1') 'function Export-Excel { param([Parameter(Position = 0)] $Path, [string[]] $NoNumberConversion, [switch] $AutoSize, [string] $TableName, [Parameter(ValueFromPipeline)] $InputObject) begin { $n = 0 } process { $n++ } end { "$n rows" | Set-Content $Path } }'
        $blocks = @(Get-TopicBlock (Join-Path $about 'about_PartnerCenterSR_Recipes.md'))

        # The recipe that connects for a rehearsal is followed by the connection that there was; a row that fails is there to be sent again.
        $before = "
            function global:Send-MgUserMail([string]`$UserId, [hashtable]`$BodyParameter) { `$global:mail = `$BodyParameter.Message.Subject; `"sent: `$global:mail`" }
            `$null = Connect-PartnerCenter -Emulator
            "
        $setUp = [pscustomobject]@{ Name = 'set-up'; Text = "'Id,Note,Status', '$(Get-SampleId 0),It works.,Closed', '1,Nobody is there,', '$(Get-SampleId 1),Still there,' | Set-Content updates.csv" }
        $afterRehearsal = [pscustomobject]@{ Name = 'connect again'; Text = 'Connect-PartnerCenter -Emulator | Out-Null' }
        $ordered = @($setUp) + @($blocks | ForEach-Object { $_; if ($_.Name -like '6.*') { $afterRehearsal } })
        $results = @(Invoke-Typed $ordered $before)
        $withExcel = @(Invoke-Typed ($blocks | Where-Object Name -Like '7.*') $before -Environment @{ PSModulePath = $excel + [IO.Path]::PathSeparator + $env:PSModulePath })
        $againBlocks = @($blocks | Where-Object Name -Like '9.*')
        $again = @(Invoke-Typed ($againBlocks + [pscustomobject]@{ Name = 'a change'; Text = "Update-PartnerServiceRequest $(Get-SampleId 3) -Status Closed | Out-Null" } + $againBlocks + ($blocks | Where-Object Name -Like '10.*')) $before)
    }

    It '<_> runs' -ForEach $recipes {
        $result = Get-Result $results ([Management.Automation.WildcardPattern]::Escape($_))
        $errors = $result.Errors
        $missed = $result.Missed
        if ($_ -like '17.*') { $errors = @($errors | Where-Object { $_ -notlike 'NotFound,*' }) }
        if ($_ -like '7.*') { $missed = @($missed | Where-Object { $withExcel[0].Missed -contains $_ }) }
        if ($_ -like '9.*') { $missed = @($missed | Where-Object { $again[2].Missed -contains $_ }) }

        # What runs in other runspaces cannot be watched: its output is looked at below.
        if ($_ -like '19.*') { $missed = @($missed | Where-Object { $_ -notmatch '\$using:|Customer = ' }) }
        if ($_ -like '10.*') { $missed = @($missed | Where-Object { $again[-1].Missed -contains $_ }) }
        $errors | Should -BeNullOrEmpty
        $missed | Should -BeNullOrEmpty -Because 'every statement is run'
    }

    It 'do what they say: <Like>' -ForEach @(
        @{ Like = '1.*'; Seen = 'Days' }
        @{ Like = '3.*'; Seen = 'What if:.*Dear ' }
        @{ Like = '4.*'; Seen = 'Fabrikam' }
        @{ Like = '11.*'; Seen = ': 6161\d+, 6161\d+' }
        @{ Like = '12.*'; Seen = '\d+ Wingtip Toys' }
        @{ Like = '13.*'; Seen = 'What if:.*moving offices' }
        @{ Like = '14.*'; Seen = 'Critical' }
        @{ Like = '15.*'; Seen = 'Text +: ' }
        @{ Like = '16.*'; Seen = 'We have received' }
        @{ Like = '17.*'; Seen = 'NotFound' }
        @{ Like = '18.*'; Seen = 'What if: Performing the operation "add a note \(\d+ characters: Any news on [^"]*\)" on' }
        @{ Like = '19.*'; Seen = '(?s)Customer +Open(?=.*0c39d6d5\S+ +\d+)(?=.*3b33e682\S+ +\d+)' }
        @{ Like = '21.*'; Seen = '6161' }
    ) {
        (Get-Result $results $Like).Output -join "`n" | Should -Match $Seen
    }

    It 'leave the files that they say' {
        $folder = $results[0].Folder
        (Import-Csv (Join-Path $folder 'requests.csv')).Count | Should -Be 24
        Get-Content (Join-Path $folder 'report.html') -Raw | Should -Match '<div>Closed: \d+<div class="bar" style="width:\d+px"></div></div>'
        (Get-Content (Join-Path $folder 'counts.jsonl') | ConvertFrom-Json).Open | Should -BeGreaterThan 0
        Get-Content (Join-Path $withExcel[0].Folder 'requests.xlsx') | Should -Be '24 rows'
    }

    It 'tell of a change, once, by mail too' {
        ($again[2].Output -join "`n") | Should -BeLike "*$(Get-SampleId 3)*AttentionNeeded -> Closed*"
        @($again[2].Output -match '->').Count | Should -Be 1
        $again[3].Output | Should -Contain 'sent: 1 requests have changed'
    }
}

Describe 'The runbooks' -Skip:(-not $IsLinux) {
    BeforeAll {
        $old = [DateTime]::UtcNow.AddDays(-10).ToString('o')
        $data = @(0..2 | ForEach-Object { @{ id = "$(100 + $_)"; title = "old $_"; status = 'attention_needed'; createdDate = $old; lastModifiedDate = $old; notes = @() } }) +
            @(@{ id = '200'; title = 'new'; status = 'open'; createdDate = [DateTime]::UtcNow.AddHours(-1).ToString('o'); lastModifiedDate = [DateTime]::UtcNow.AddMinutes(-30).ToString('o'); notes = @() })

        # The services of one run, and the script that makes a shell a machine for runbooks. -Fails: the second reminder is refused.
        function Start-Runbook([switch]$Fails, [switch]$Loses, [string]$Token = 'one') {
            Start-Both -Server @{ Generation = 'Older'; Data = $data } -SignIn @{ Option = @{ refreshTokens = @($Token) } }
            $script:teams = Start-TestServer
            Set-TestFault $teams -Address 'workflow' -Status 202
            Set-TestFault $teams -Address 'token' -Status 200 -Body '{"value":"e30.e30.c2ln"}'
            if ($Fails) { Set-TestFault $api -Method PATCH -Address '/101' -Status 403 -Body '{"code":"2032","description":"No."}' }
            if ($Loses) { Set-TestFault $api -Method PATCH -Address '/101' -Ending Cut; Set-TestFault $api -Method GET -Address '/101' -Status 404 -Body '{"code":"1000"}' }
            $defaults = "
                `$PSDefaultParameterValues['Connect-PartnerCenter:Endpoint'] = '$($api.endpoint)'; `$PSDefaultParameterValues['Connect-PartnerCenter:Authority'] = '$($signIn.authority)'
                `$PSDefaultParameterValues['Connect-PartnerCenter:MaximumRetryCount'] = 1; `$PSDefaultParameterValues['Connect-PartnerCenter:SettleTimeSec'] = 0
                `$global:vault['teams-workflow'] = '$($teams.endpoint)workflow'
                `$env:ACTIONS_ID_TOKEN_REQUEST_URL = '$($teams.endpoint)token?x=1'; `$env:ACTIONS_ID_TOKEN_REQUEST_TOKEN = 't'
                `$folder = Join-Path '$TestDrive' '$([Guid]::NewGuid().ToString('N'))'; `$null = New-Item -ItemType Directory -Path `$folder
                'Id,Note', '200,From a file' | Set-Content (Join-Path `$folder updates.csv)
                'Id,Note', '200,From a list' | Set-Content (Join-Path `$folder list.csv)
                @{ Since = (Get-Date).AddHours(-2).ToString('o') } | ConvertTo-Json | Set-Content (Join-Path `$folder last-run.json)
                "
            $variables = $robots.Clone()
            $variables.SSL_CERT_FILE = $trust
            @{ Before = $vault + $scheduler + $defaults; Environment = $variables }
        }

        function Stop-Runbook { $api, $signIn, $teams | Stop-TestServer }

        # Runs the example as a schedule does: a process, its exit code. -Runs: so many times, on one folder.
        function Invoke-Runbook([hashtable]$Machine, [int]$Runs = 1) {
            $lines = Invoke-Fresh ($Machine.Before + "
                1..$Runs | ForEach-Object { & '$(Join-Path $ExamplesPath 'runbook.ps1')' -StateFolder `$folder; `"EXIT `$LASTEXITCODE`" }
                'SINCE ' + (Get-Content (Join-Path `$folder last-run.json) -Raw | ConvertFrom-Json).Since") -Environment $Machine.Environment
            @{ Lines = $lines; Exit = @($lines -match '^EXIT ' -replace '^EXIT ') }
        }
    }

    Context 'block by block' {
        BeforeAll {
            $machine = Start-Runbook
            $blocks = @(Get-TopicBlock (Join-Path $about 'about_PartnerCenterSR_Runbooks.md'))
            $block = @($blocks | Where-Object Name -EQ 'Exit codes')
            $wrong = { param($id) [pscustomobject]@{ Name = 'an error'; Text = "Write-Error x -ErrorId $id -ErrorVariable failed -ErrorAction SilentlyContinue" } }
            $tell = [pscustomobject]@{ Name = 'the code'; Text = '$code' }
            $codes = @(Invoke-Typed (@(& $wrong NotFound) + $block + (& $wrong 'OutcomeUnknown') + $block + $tell))
            $results = @(Invoke-Typed $blocks $machine.Before -Environment $machine.Environment)
            $bodies = @(Get-TestCall $api PATCH | ForEach-Object { '{0} {1}' -f ($_.path -replace '.*/'), $_.body })
            $posts = @(Get-TestCall $teams POST | ForEach-Object body)
            Stop-Runbook
        }

        It '<_> runs' -ForEach ($runbooks | Select-Object -Unique) {
            foreach ($result in $results | Where-Object Name -EQ $_) {
                if ($_ -eq 'Exit codes') { $result.Missed = @($result.Missed | Where-Object { $codes[1].Missed -contains $_ -and $codes[3].Missed -contains $_ }) }
                $result.Errors | Should -BeNullOrEmpty
                $result.Missed | Should -BeNullOrEmpty -Because 'every statement is run'
            }
        }

        It 'end with the code of the worst' { $codes[-1].Output -match '\S' | Should -Be '2' }

        It 'sends what they say, once' {
            $bodies | Sort-Object | Should -Be @(
                '100 {"NewNote":{"Text":"Any news? We are waiting for your answer."}}', '101 {"NewNote":{"Text":"Any news? We are waiting for your answer."}}'
                '102 {"NewNote":{"Text":"Any news? We are waiting for your answer."}}', '200 {"NewNote":{"Text":"From a file"}}', '200 {"NewNote":{"Text":"From a list"}}')
        }

        It 'posts what has changed' {
            $posts | Should -HaveCount 1
            $card = ($posts[0] | ConvertFrom-Json).attachments[0].content
            $card.body[0].text | Should -Match '^4 requests have changed:'
            $card.body[0].text | Should -BeLike '*- 200 ?*Open?* new*'
        }
    }

    Context 'as one script' {
        AfterEach { Stop-Runbook }

        It 'does all, and 0 is its exit code; run again, it does nothing twice' {
            $machine = Start-Runbook
            $run = Invoke-Runbook $machine -Runs 2
            $run.Exit | Should -Be '0', '0' -Because ($run.Lines -join "`n")
            @(Get-TestCall $api PATCH).Count | Should -Be 4
            @(Get-TestCall $teams POST).Count | Should -Be 2
        }

        It 'has 1 where some failed, and the others are done' {
            $run = Invoke-Runbook (Start-Runbook -Fails)
            $run.Exit | Should -Be '1' -Because ($run.Lines -join "`n")
            Get-TestUpdateCount $api | Should -Be 3
            $run.Lines -join "`n" | Should -Match '1 AccessDenied'
        }

        It 'has 2 where nobody knows' {
            $run = Invoke-Runbook (Start-Runbook -Loses)
            $run.Exit | Should -Be '2' -Because ($run.Lines -join "`n")
            $run.Lines -join "`n" | Should -Match '1 OutcomeUnknown'
        }

        It 'has 2 and tells of it, although the channel does not take the post' {
            $machine = Start-Runbook -Loses
            Reset-TestFault $teams
            $run = Invoke-Runbook $machine
            $run.Exit | Should -Be '2' -Because ($run.Lines -join "`n")
            $run.Lines -join "`n" | Should -Match '1 OutcomeUnknown'
        }

        It 'sends a file once, however often it runs, and whatever month it is' {
            $machine = Start-Runbook
            $machine.Before += "`n`$global:days = 0; function Get-Date { `$global:days += 10; (Microsoft.PowerShell.Utility\Get-Date @args).AddDays(`$global:days) }"
            $run = Invoke-Runbook $machine -Runs 4
            $run.Exit | Should -Be '0', '0', '0', '0' -Because ($run.Lines -join "`n")
            @(Get-TestCall $api PATCH | Where-Object body -Match 'From a file').Count | Should -Be 1
        }

        It 'has 3 where it could not begin, and leaves the state of the last run' {
            $run = Invoke-Runbook (Start-Runbook -Token another)
            $run.Exit | Should -Be '3' -Because ($run.Lines -join "`n")
            $run.Lines -join "`n" | Should -Match 'SignInFailed'
            [datetime](@($run.Lines -match '^SINCE ')[0] -replace '^SINCE ') | Should -BeLessThan (Get-Date).AddHours(-1)
            Get-TestCall $api PATCH | Should -BeNullOrEmpty
        }
    }
}

Describe 'The example <_>' -ForEach 'prompt.ps1', 'bulk-update.ps1' {
    BeforeAll {
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path (Join-Path $folder 'docs')
        Copy-Item -LiteralPath $ExamplesPath -Destination (Join-Path $folder 'docs') -Recurse
        $example = [IO.Path]::Combine($folder, 'docs', 'examples', $_)
        $text = [IO.File]::ReadAllText($example) -replace "(?m)^Import-Module .*$", "Import-Module '$ManifestPath'" -replace '\$PSScriptRoot', "'$(Split-Path $example)'"
        $result = Invoke-Typed ([pscustomobject]@{ Name = $_; Text = $text })
    }

    It 'runs from end to end' {
        $result.Errors | Where-Object { $_ -notlike 'NotFound,*' } | Should -BeNullOrEmpty
        $result.Missed | Where-Object { $_ -notlike '$_.Exception.Message*' } | Should -BeNullOrEmpty
    }
}
