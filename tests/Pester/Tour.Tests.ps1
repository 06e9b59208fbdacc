# The README's tour, as somebody types it: each line in its turn, in a PowerShell of its own.

BeforeDiscovery {
    $readme = [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, '..', '..', 'README.md')) -replace "`r", ''
    $tour = [regex]::Match($readme, '(?ms)^## A two-minute tour\n(.*?)(?=^## |\z)').Groups[1].Value
    $blocks = [regex]::Matches($tour, '(?ms)^```(\w*)\n(.*?)^```')
    $typed = @($blocks | Where-Object { $_.Groups[1].Value -eq 'powershell' } | ForEach-Object { $_.Groups[2].Value.Trim("`n") -split '\n' })
    $shown = @($blocks | Where-Object { -not $_.Groups[1].Value } | ForEach-Object { $_.Groups[2].Value.Trim("`n") -split '\n' } |
            Where-Object { $_ -match '\w' } | Select-Object -Unique)
}

Describe 'The tour of the README' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -ForEach @{ Typed = $typed } {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Module.ps1')

        # A line as one reads it: the width of the columns and how long ago something was do not count.
        function Get-Reading([string]$Line) {
            $Line -replace '\d+ (second|minute|hour|day)s? ago|just now', 'lately' -replace '-{2,}', '--' -replace '\s+', ' '
        }

        $folder = Join-Path $TestDrive 'tour'
        New-Item -ItemType Directory -Path (Join-Path $folder 'docs') | Out-Null
        Copy-Item -LiteralPath $ExamplesPath -Destination (Join-Path $folder 'docs') -Recurse
        $quoted = $Typed -replace '\./out/PartnerCenterSR\b', $ManifestPath | ForEach-Object { "'" + $_.Replace("'", "''") + "'" }
        $script = @'
Set-Location -LiteralPath '{0}' -ErrorAction Stop
foreach ($line in {1}) {{
    "> $line"
    try {{ $given = Invoke-Expression $line 2>&1 }} catch {{ $given = $_ }}
    $given | Where-Object {{ $_ -is [Management.Automation.ErrorRecord] }} | ForEach-Object {{ "FAILED: $_" }}
    $given | Out-String -Width 120
}}
'@ -f $folder.Replace("'", "''"), ($quoted -join ', ')
        $lines = @((Invoke-Fresh $script -NoImport) -split '\r?\n')
        $readings = $lines | ForEach-Object { (Get-Reading $_).Trim() }
    }

    It 'has lines to type, and all of them are run' {
        $Typed.Count | Should -BeGreaterThan 5
        @($lines -match '^> ').Count | Should -Be $Typed.Count
    }

    It 'works from end to end' {
        $lines -match '^FAILED' | Should -BeNullOrEmpty
    }

    It 'shows: <_>' -ForEach $shown {
        # What a narrow window cuts off may be anything.
        $pattern = [regex]::Escape((Get-Reading $_).Trim()).Replace([string][char]0x2026, '.*')
        @($readings -match "^$pattern$") | Should -Not -BeNullOrEmpty -Because ($lines -join "`n")
    }

    It 'does nothing at the second run but the row that failed, and says what it skipped' {
        $second = @($lines | Select-String '^> Update-PartnerServiceRequest -Path' | Select-Object -Last 1).LineNumber[0]
        $next = @($lines | Select-String '^> ' | Where-Object LineNumber -gt $second)[0].LineNumber
        @($lines[$second..($next - 2)] -match '\S') | Should -Match '^60 skipped, since earlier runs had done them, 1 failed in '
    }

    It 'leaves the failed update in a file' {
        @(Import-Csv -LiteralPath (Join-Path $folder 'to-look-at.csv')).ErrorId | Should -Be 'NotFound'
    }
}
