# A process killed at random moments, and started again with the same line and the same journal.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'A run that is killed again and again, at a service that acts late and loses answers' {
    It 'has each row''s note there once and in order at the end, or tells that it is not known' {
        # docs/testing.md: a hundred times, where there is time.
        $kills = if ($env:PARTNERCENTERSR_KILLS) { [int]$env:PARTNERCENTERSR_KILLS } else { 12 }
        $seed = [Environment]::TickCount
        $random = [Random]::new($seed)
        $server = Start-TestServer -Generation Older -ForgetsRequestIds
        Set-TestFault $server -Method PATCH -Every 11 -Ending Cut -LateByReads 1
        Set-TestFault $server -Method PATCH -Every 13 -Ending Cut -Applies
        Set-TestFault $server -Method PATCH -Every 17 -Status 504 -LateByReads 1
        $csv = Join-Path $TestDrive 'rows.csv'
        $script = Join-Path $TestDrive 'run.ps1'
        Set-Content -LiteralPath $script -Value '
            param($Module, $Token, $Endpoint, $Csv, $Journal)
            Import-Module $Module
            $null = Connect-PartnerCenter -AccessToken $Token -Endpoint $Endpoint -SettleTimeSec 1
            $null = Update-PartnerServiceRequest -Path $Csv -JournalPath $Journal -ThrottleLimit 6 -ErrorAction Continue -ErrorVariable failed
            $failed | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.TargetObject.Id)" }'

        # Every fourth row is the same as the one before it.
        $rows = 0..(40 * $kills - 1) | ForEach-Object { if ($_ % 4 -eq 3) { $_ - 1 } else { $_ } } | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 23); Note = "note $_" } }
        $rows | Export-Csv -LiteralPath $csv -NoTypeInformation
        $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        $start.Arguments = '-NoProfile -NonInteractive -File "{0}" "{1}" {2} {3} "{4}" "{5}"' -f $script, $ManifestPath, $server.token, $server.endpoint, $csv, (Join-Path $TestDrive 'run.jsonl')
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $seen = 0
        foreach ($kill in 1..$kills) {
            $process = [Diagnostics.Process]::Start($start)
            $seen = $seen + $random.Next(1, 20)
            Wait-TestCall $server PATCH $seen
            $process.Kill()
            $process.WaitForExit()
            $seen = @(Get-TestCall $server PATCH).Count
        }

        $last = [Diagnostics.Process]::Start($start)
        $said = $last.StandardOutput.ReadToEnd()
        $last.WaitForExit()
        $untold = foreach ($request in $rows | Group-Object Id) {
            $there = @(Get-TestNote $server $request.Name)
            $next = 0
            $request.Group.Note | ForEach-Object { if ($next -lt $there.Count -and $there[$next] -eq $_) { $next++ } }

            # In order, none more than asked for; and none missing, unless that was told.
            if ($next -ne $there.Count -or ($there.Count -ne $request.Count -and $said -notmatch "(OutcomeUnknown|NotSent)\S* $($request.Name)")) { $request.Name }
        }

        $untold | Should -BeNullOrEmpty -Because "seed $seed $said"
        Write-Host "$kills kills, $(@(Get-TestCall $server PATCH).Count) updates sent for $($rows.Count) rows; told at the end: $(@($said -split '\n' -match 'OutcomeUnknown').Count) unknown, $(@($said -split '\n' -match 'NotSent').Count) not sent"
        Stop-TestServer $server
    }
}
