<#
.SYNOPSIS
    Breaks Core on purpose, a little at a time, and counts what the tests notice: a row a folder, and every change that none noticed.
.NOTES
    Stryker.NET is in the tool manifest. It uses the tests of Core on .NET 8, or on what is newer where that is not there: those that need
    no server, so that a thousand changes take minutes. What Pester, the storms and the sign-in tests notice is not counted.
#>
param(
    [Parameter(Mandatory)] [string] $Root,
    # Folders of src/PartnerCenterSR.Core. A dot: what stands beside them.
    [Parameter(Mandatory)] [string[]] $Folder
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$tests = [IO.Path]::Combine($Root, 'tests', 'PartnerCenterSR.Core.Net8.Tests')
$env:DOTNET_ROLL_FORWARD = 'Major'

# What finds by chance is tried less often for each change: a thousand changes are many tries.
$env:PARTNERCENTERSR_FUZZ = '200'
$env:PARTNERCENTERSR_WORLDS = '400'
& dotnet tool restore
if ($LASTEXITCODE -ne 0) { throw 'Stryker.NET could not be restored.' }
$rows = foreach ($name in $Folder) {
    $output = [IO.Path]::Combine($tests, 'StrykerOutput', $(if ($name -eq '.') { 'Core' } else { $name }))
    Push-Location $tests
    try {
        $pattern = if ($name -eq '.') { '*.cs' } else { "**/$name/*.cs" }
        & dotnet stryker --mutate $pattern --output $output | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "Stryker.NET ended with $LASTEXITCODE." }
    }
    finally { Pop-Location }

    $report = Get-Content ([IO.Path]::Combine($output, 'reports', 'mutation-report.json')) -Raw | ConvertFrom-Json
    $mutants = @($report.files.PSObject.Properties | ForEach-Object {
        $file = $_
        $file.Value.mutants | ForEach-Object { [pscustomobject]@{ File = Split-Path $file.Name -Leaf; Line = $_.location.start.line; Status = $_.status; Change = '{0}: {1}' -f $_.mutatorName, ($_.replacement -replace '\s+', ' ') } }
    })
    $killed = @($mutants | Where-Object Status -In Killed, Timeout).Count
    $left = @($mutants | Where-Object Status -In Survived, NoCoverage)
    $left | Sort-Object File, Line | ForEach-Object { Write-Host ('  {0}:{1} {2} {3}' -f $_.File, $_.Line, $_.Status, $_.Change) }
    [pscustomobject]@{ Folder = $name; Changes = $killed + $left.Count; Noticed = $killed; Survived = @($left | Where-Object Status -EQ Survived).Count; NotRun = @($left | Where-Object Status -EQ NoCoverage).Count; Percent = if ($killed + $left.Count) { [math]::Round(100 * $killed / ($killed + $left.Count), 1) } }
}

$rows | Format-Table -AutoSize
