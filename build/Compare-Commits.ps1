<#
.SYNOPSIS
    Runs the benchmarks of two commits in turn on this machine, and says by how much the second is faster than the first, and how much of
    that is noise.
.DESCRIPTION
    Each commit is built in a work tree of its own. What is compared is the ratio to the plain loop of the same run, so that a machine that
    is busy for a while is busy for both. The noise is half the distance between the best and the worst round of either.
#>
param(
    [Parameter(Mandatory)] [string] $Root,
    [Parameter(Mandatory)] [string] $Before,
    [string] $After = 'HEAD',
    [int] $Rounds = 5,
    # What the benchmarks are told to run: short, updates, or nothing for all.
    [string] $What = 'short'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$trees = [ordered]@{}
$ratios = [ordered]@{}
try {
    foreach ($commit in $Before, $After) {
        $tree = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'pcsr-' + [Guid]::NewGuid().ToString('N'))
        & git -C $Root worktree add --quiet --detach $tree $commit
        if ($LASTEXITCODE -ne 0) { throw "There is no commit $commit." }
        $trees[$tree] = $commit
        & dotnet build -c Release -v quiet ([IO.Path]::Combine($tree, 'tests', 'PartnerCenterSR.Benchmarks')) | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "$commit does not build." }
    }

    foreach ($round in 1..$Rounds) {
        foreach ($tree in $trees.Keys) {
            foreach ($line in & dotnet run -c Release --no-build --project ([IO.Path]::Combine($tree, 'tests', 'PartnerCenterSR.Benchmarks')) -- $What) {
                if ($line -match '^\| (?<name>[^|]+) \| [\d.]+ m?s \| [\d.]+ m?s \| (?<ratio>\d+[.,]\d+) \|') {
                    if (-not $ratios.Contains($Matches.name)) { $ratios[$Matches.name] = @{} }
                    $ratios[$Matches.name][$tree] = @($ratios[$Matches.name][$tree] | Where-Object { $_ }) + [double]::Parse($Matches.ratio.Replace(',', '.'), [cultureinfo]::InvariantCulture)
                }
            }
        }
    }
}
finally {
    foreach ($tree in $trees.Keys) { & git -C $Root worktree remove --force $tree }
}

$first, $second = @($trees.Keys)
function Get-Median([double[]]$Value) { @($Value | Sort-Object)[[math]::Floor($Value.Count / 2)] }
function Get-Spread([double[]]$Value) { $range = $Value | Measure-Object -Minimum -Maximum; ($range.Maximum - $range.Minimum) / 2 }
foreach ($name in $ratios.Keys) {
    $old = Get-Median $ratios[$name][$first]
    $new = Get-Median $ratios[$name][$second]
    $noise = [math]::Max((Get-Spread $ratios[$name][$first]), (Get-Spread $ratios[$name][$second]))
    $change = [math]::Round(100 * ($new / $old - 1), 1)
    [pscustomobject]@{
        Measure = $name; Before = '{0:0.00}' -f $old; After = '{0:0.00}' -f $new; Change = "$change %"; Noise = '{0:0.0} %' -f (100 * $noise / $old)
        Verdict = if ([math]::Abs($new - $old) -le $noise) { 'no difference that is more than noise' } elseif ($new -gt $old) { 'faster' } else { 'slower' }
    }
}
