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
Import-Module (Join-Path $PSScriptRoot 'TestServer.psm1') -DisableNameChecking

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

# Runs a program in a terminal, as a person has one before her; gives its lines.
function Invoke-InTerminal([string]$Program, [string[]]$Argument) {
    $command = (@($Program) + $Argument | ForEach-Object { "'{0}'" -f $_.Replace("'", "'\''") }) -join ' '
    script --quiet --return --command $command /dev/null 2>&1 | ForEach-Object { "$_".TrimEnd("`r") }
}

# Runs a script in a PowerShell of its own, of the same edition; gives its lines, those of its errors too.
# -Attended: as one at whose console somebody sits. -Environment: variables that it gets beside the usual.
function Invoke-Fresh([string]$Script, [string[]]$Answer, [switch]$NoImport, [switch]$Attended, [hashtable]$Environment = @{}, [string[]]$Switch) {
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
    $switches = @('-NoProfile') + @($Switch | Where-Object { $_ }) + @(if (-not $Answer -and -not $Attended) { '-NonInteractive' }) + '-File', $file
    $before = @{}
    try {
        foreach ($name in $Environment.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }

        $lines = if ($Attended) { Invoke-InTerminal $shell $switches }
        elseif ($Answer) { $Answer | & $shell $switches 2>&1 } else { & $shell $switches 2>&1 }
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }

    $lines | ForEach-Object { "$_" -replace ([char]27 + '(\[[0-9;?]*[a-zA-Z]|[=>])'), '' }
}

# Runs a script in a runspace of its own in this process, all streams kept, so that a test can look at each: Output, Errors (the
# terminating one too), Warning, Verbose, Progress, Information. -Connect: on this server.
function Invoke-InRunspace([string]$Script, [object[]]$ArgumentList, $Connect) {
    $shell = [powershell]::Create()
    try {
        $shell.AddScript('
            param($Manifest, $Server, $Script, $Arguments)
            Import-Module $Manifest
            if ($Server) { $null = Connect-PartnerCenter -AccessToken $Server.token -Endpoint $Server.endpoint -SkipValidation -MaximumRetryCount 1 }
            & ([scriptblock]::Create($Script)) @Arguments').AddArgument($ManifestPath).AddArgument($Connect).AddArgument($Script).AddArgument($ArgumentList) | Out-Null
        $ending = $null
        $output = try { $shell.Invoke() } catch { $ending = $_.Exception.InnerException.ErrorRecord }
        [pscustomobject]@{
            Output = @($output); Errors = @($shell.Streams.Error) + @($ending | Where-Object { $_ }); Warning = @($shell.Streams.Warning.Message)
            Verbose = @($shell.Streams.Verbose.Message); Progress = @($shell.Streams.Progress); Debug = @($shell.Streams.Debug.Message)
        }
    }
    finally {
        $shell.Dispose()
    }
}
