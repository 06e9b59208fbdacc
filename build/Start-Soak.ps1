<#
.SYNOPSIS
    Runs what finds by chance, for a given time: simulated worlds, storms against a misbehaving service, fuzzing and properties, kills of a
    real shell. Writes one page: what ran, with which seeds, what was met, what failed.
.OUTPUTS
    The page's path. The exit code is the number of rounds that failed.
#>
param(
    [Parameter(Mandatory)] [string] $Root,
    [int] $Minutes = 10,
    [string] $Page = [IO.Path]::Combine($Root, 'tests', 'TestResults', 'soak.md')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$begun = Get-Date
$end = $begun.AddMinutes($Minutes)
$rounds = New-Object Collections.Generic.List[object]
$met = [ordered]@{}
$worlds = 20000
$first = Get-Random -Minimum 1000000 -Maximum 1000000000

function Invoke-Round([string]$What, [string]$Seeds, [string[]]$Argument) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $lines = @(& dotnet $Argument 2>&1 | ForEach-Object { "$_" })
    $failed = $LASTEXITCODE -ne 0
    $rounds.Add([pscustomobject]@{ What = $What; Seeds = $Seeds; Seconds = [int]$watch.Elapsed.TotalSeconds; Failed = $failed; Said = $lines })
    Write-Host ('{0:HH:mm:ss} {1} {2}: {3} in {4} s' -f (Get-Date), $What, $Seeds, $(if ($failed) { 'FAILED' } else { 'passed' }), [int]$watch.Elapsed.TotalSeconds)
    $lines
}

function Invoke-Suite([string]$What, [string]$Seeds, [string]$Project, [string]$Filter) {
    $null = Invoke-Round $What $Seeds ('test', '--no-build', [IO.Path]::Combine($Root, 'tests', $Project), '--filter', $Filter)
}

$program = [IO.Path]::Combine($Root, 'tests', 'PartnerCenterSR.Simulation')
$before = $env:PARTNERCENTERSR_FUZZ
try {
    do {
        foreach ($line in Invoke-Round 'worlds' "$first to $($first + $worlds - 1)" ('run', '-c', 'Release', '--project', $program, '--', "$worlds", 'from', "$first")) {
            if ($line -match '^\s*([\d,]+)  (.+)$') { $met[$Matches[2]] = [long]($met[$Matches[2]]) + [long]($Matches[1] -replace ',') }
        }

        $first += $worlds
        $env:PARTNERCENTERSR_FUZZ = '30000'
        Invoke-Suite 'fuzzing and properties' 'by chance; a failure names its own (CsCheck_Seed)' 'PartnerCenterSR.Core.Tests' 'FullyQualifiedName~Fuzz|FullyQualifiedName~Properties'
        $env:PARTNERCENTERSR_FUZZ = $before
        Invoke-Suite 'storms' 'of the suite, over real HTTP' 'PartnerCenterSR.Core.Tests' 'FullyQualifiedName~FaultStorm'
        Invoke-Suite 'kills' 'by chance, in a real shell' 'Pester' 'FullyQualifiedName~Kill'
    } while ((Get-Date) -lt $end)
}
finally {
    $env:PARTNERCENTERSR_FUZZ = $before
    $bad = @($rounds | Where-Object Failed)
    $lines = @(
        '# Soak'
        ''
        'From {0:u} to {1:u}, on {2} processors, {3}. {4} rounds, {5} failed.' -f $begun.ToUniversalTime(), (Get-Date).ToUniversalTime(), [Environment]::ProcessorCount, [Runtime.InteropServices.RuntimeInformation]::OSDescription, $rounds.Count, $bad.Count
        ''
        '| What | Seeds | Seconds | Result |'
        '| --- | --- | --- | --- |'
        $rounds | ForEach-Object { '| {0} | {1} | {2} | {3} |' -f $_.What, $_.Seeds, $_.Seconds, $(if ($_.Failed) { 'failed' } else { 'passed' }) }
        ''
        '## What was met, in how many worlds'
        ''
        $met.GetEnumerator() | ForEach-Object { '- {0:N0} {1}' -f $_.Value, $_.Key }
        if ($bad) {
            ''
            '## What failed'
            $bad | ForEach-Object { ''; '```'; $_.Said | Select-Object -Last 60; '```' }
        }
    )
    $null = New-Item -ItemType Directory -Path (Split-Path $Page) -Force
    [IO.File]::WriteAllLines($Page, [string[]]$lines)
}

$Page
exit $bad.Count
