# Dot-sourced in the BeforeAll of every file here: imports the module under test, and holds what the files share.
# The module is the one that PARTNERCENTERSR_MODULE names (a folder or a manifest), else the one just built into out.

$ModulePath = if ($env:PARTNERCENTERSR_MODULE) { $env:PARTNERCENTERSR_MODULE } else { [IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'PartnerCenterSR') }
$ModulePath = (Resolve-Path -LiteralPath $ModulePath -ErrorAction Stop).ProviderPath
$ManifestPath = if ($ModulePath -like '*.psd1') { $ModulePath } else { Join-Path $ModulePath 'PartnerCenterSR.psd1' }
$ExamplesPath = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'examples')

# The texts that are compared are the English ones.
[Threading.Thread]::CurrentThread.CurrentUICulture = 'en-US'
[Threading.Thread]::CurrentThread.CurrentCulture = 'en-US'
$ProgressPreference = 'SilentlyContinue'

Import-Module $ManifestPath -ErrorAction Stop

# The number of the emulator's n-th sample request, from 0 to 23.
function Get-SampleId([int]$Index) {
    (616122292874576 + 5 * $Index).ToString()
}

# Rows as Import-Csv gives them.
function Get-Row([string[]]$Line) {
    $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
    Set-Content -LiteralPath $file -Value $Line -Encoding UTF8
    Import-Csv -LiteralPath $file
}

# Every note that was added since the emulator began, with its request: each sample comes with one.
function Get-AddedNote {
    Get-PartnerServiceRequest -IncludeNotes | Sort-Object Id | ForEach-Object {
        $id = $_.Id
        $_.Notes | Select-Object -Skip 1 | ForEach-Object { [pscustomobject]@{ Id = $id; Text = $_.Text } }
    }
}

# "Id Status" of all requests.
function Get-State {
    Get-PartnerServiceRequest | Sort-Object Id | ForEach-Object { '{0} {1}' -f $_.Id, $_.Status }
}

# The lines that a person sees at a width, without colours, without the blank lines around.
function Get-Line([object[]]$InputObject, [int]$Width) {
    $text = ($InputObject | Out-String -Width $Width) -replace ([char]27 + '\[[0-9;]*m'), ''
    $text.Trim("`r", "`n") -split '\r?\n' | ForEach-Object { $_.TrimEnd() }
}

# The stable first part of an error's id.
function Get-ErrorId([object[]]$ErrorRecord) {
    $ErrorRecord | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }
}

# Runs a script in a PowerShell of its own, of the same edition; gives its lines, those of its errors too.
function Invoke-Fresh([string]$Script, [string[]]$Answer, [switch]$NoImport) {
    $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.ps1')
    $head = @(
        '[Threading.Thread]::CurrentThread.CurrentUICulture = ''en-US'''
        '[Threading.Thread]::CurrentThread.CurrentCulture = ''en-US'''
        '$ProgressPreference = ''SilentlyContinue'''
        '$ManifestPath = ''{0}''' -f $ManifestPath.Replace("'", "''")
        if (-not $NoImport) { 'Import-Module $ManifestPath' }
    )
    Set-Content -LiteralPath $file -Value ($head + $Script) -Encoding UTF8
    $shell = (Get-Process -Id $PID).Path
    $lines = if ($Answer) { $Answer | & $shell -NoProfile -File $file 2>&1 } else { & $shell -NoProfile -NonInteractive -File $file 2>&1 }
    $lines | ForEach-Object { "$_" -replace ([char]27 + '\[[0-9;?]*[a-zA-Z]'), '' }
}
