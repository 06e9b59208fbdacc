# A process killed at random moments, and started again with the same line and the same journal.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'A run that is killed twenty times' {
    It 'has each row''s note there once, in order, at the end' {
        $seed = [Environment]::TickCount
        $random = [Random]::new($seed)
        $server = Start-TestServer -Generation Older -ForgetsRequestIds
        $csv = Join-Path $TestDrive 'rows.csv'
        $script = Join-Path $TestDrive 'run.ps1'
        Set-Content -LiteralPath $script -Value '
            param($Module, $Token, $Endpoint, $Csv, $Journal)
            $ErrorActionPreference = ''Stop''
            Import-Module $Module
            $null = Connect-PartnerCenter -AccessToken $Token -Endpoint $Endpoint -SkipValidation
            $null = Update-PartnerServiceRequest -Path $Csv -JournalPath $Journal -ThrottleLimit 6'

        # Every fourth row is the same as the one before it.
        $rows = 0..399 | ForEach-Object { if ($_ % 4 -eq 3) { $_ - 1 } else { $_ } } | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 23); Note = "note $_" } }
        $rows | Export-Csv -LiteralPath $csv -NoTypeInformation
        $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        $start.Arguments = '-NoProfile -NonInteractive -File "{0}" "{1}" {2} {3} "{4}" "{5}"' -f $script, $ManifestPath, $server.token, $server.endpoint, $csv, (Join-Path $TestDrive 'run.jsonl')
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $seen = 0
        foreach ($kill in 1..20) {
            $process = [Diagnostics.Process]::Start($start)
            $seen = [Math]::Min(390, $seen + $random.Next(1, 20))
            Wait-TestCall $server PATCH $seen
            $process.Kill()
            $process.WaitForExit()
            $seen = @(Get-TestCall $server PATCH).Count
        }

        $last = [Diagnostics.Process]::Start($start)
        $said = $last.StandardOutput.ReadToEnd()
        $last.WaitForExit()
        $last.ExitCode | Should -Be 0 -Because "seed $seed $said"
        foreach ($request in $rows | Group-Object Id) {
            Get-TestNote $server $request.Name | Should -Be $request.Group.Note -Because "seed $seed"
        }

        Stop-TestServer $server
    }
}
