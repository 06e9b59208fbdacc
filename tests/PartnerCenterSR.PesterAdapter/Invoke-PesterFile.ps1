# Runs files of the suite, or finds their tests, as it is told through a pipe, and reports each test as a line of JSON, behind the last an
# empty one. Works in Windows PowerShell too.
param(
    [Parameter(Mandatory)] [string] $Pipe,
    [Parameter(Mandatory)] [string] $Pester
)

$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)

# One file, in a runspace that nothing was done in: variables, modules, connections and errors are its own.
$invokeFile = {
    param([string]$Path, [string]$Pester, [int[]]$Line, [bool]$IsRun)
    $ErrorActionPreference = 'Stop'
    Import-Module $Pester
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = -not $IsRun
    $configuration.Output.Verbosity = 'Detailed'
    $configuration.Output.RenderMode = 'Plaintext'
    if ($Line) { $configuration.Filter.Line = @($Line | ForEach-Object { "${Path}:$_" }) }

    # The suite is a user's session, which is not as strict as this script.
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

function Write-Report([hashtable]$Report) {
    $writer.WriteLine((ConvertTo-Json $Report -Compress))
}

# A template with the values of its row: the run may know more, but a name must be the same at discovery.
function Expand-Name([string]$Template, $Data) {
    [regex]::Replace($Template, '<(\w+)>', {
            param($match)
            $name = $match.Groups[1].Value
            if ($name -eq '_') { "$Data" } elseif ($Data -is [Collections.IDictionary] -and $Data.Contains($name)) { "$($Data[$name])" } else { $match.Value }
        })
}

function Get-Name($Item) {
    $parts = for ($at = $Item; $at -and -not $at.IsRoot; $at = if ($at.PSObject.Properties['Block']) { $at.Block } else { $at.Parent }) {
        Expand-Name $at.Name $at.Data
    }
    [array]::Reverse($parts)
    @([IO.Path]::GetFileName($Path) -replace '\.Tests\.ps1$') + $parts -join '.'
}

function Get-Problem($ErrorRecord) {
    @($ErrorRecord | ForEach-Object { if ($_.DisplayErrorMessage) { $_.DisplayErrorMessage } else { "$_" } }) -join "`n"
}

function Get-Trace($ErrorRecord) {
    @($ErrorRecord | ForEach-Object { if ($_.DisplayStackTrace) { $_.DisplayStackTrace } else { $_.ScriptStackTrace } }) -join "`n"
}

function Get-FailedBlock($Block) {
    $Block | Where-Object { $_.ErrorRecord.Count -gt 0 }
    $Block | ForEach-Object { if ($_.Blocks.Count -gt 0) { Get-FailedBlock $_.Blocks } }
}

$stream = [IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, 'InOut')
$stream.Connect()
$reader = [IO.StreamReader]::new($stream)
$writer = [IO.StreamWriter]::new($stream, [Text.UTF8Encoding]::new($false))
while ($line = $reader.ReadLine()) {
    $wish = ConvertFrom-Json $line
    $Path = $wish.path
    $folder = [Environment]::CurrentDirectory
    $variables = [Environment]::GetEnvironmentVariables()
    $runspace = [runspacefactory]::CreateRunspace($Host, [initialsessionstate]::CreateDefault2())
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $result = $shell.AddScript($invokeFile).AddArgument($Path).AddArgument($Pester).AddArgument([int[]]@($wish.line)).AddArgument($wish.isRun).Invoke()[-1]

    foreach ($container in $result.Containers | Where-Object { $_.ErrorRecord.Count -gt 0 }) {
        Write-Report @{ Name = [IO.Path]::GetFileName($Path); File = $Path; Line = 1; Result = 'Failed'; IsStandIn = $true
            Message = Get-Problem $container.ErrorRecord; StackTrace = Get-Trace $container.ErrorRecord }
    }

    $names = @{}
    foreach ($test in $result.Tests) {
        if ($test.Result -eq 'NotRun' -and $wish.isRun) { continue }
        $name = Get-Name $test
        $names[$name] = 1 + $names[$name]
        if ($names[$name] -gt 1) { $name += " #$($names[$name])" }
        $failed = $test.ErrorRecord
        for ($block = $test.Block; $test.Result -eq 'Failed' -and $failed.Count -eq 0 -and $block; $block = $block.Parent) { $failed = $block.ErrorRecord }
        Write-Report @{
            Name = $name; DisplayName = [IO.Path]::GetFileName($Path) -replace '\.Tests\.ps1$', ".$($test.ExpandedPath)"
            File = $Path; Line = $test.StartLine; Result = $test.Result
            Message = if ($failed.Count -gt 0) { Get-Problem $failed }; StackTrace = if ($failed.Count -gt 0) { Get-Trace $failed }
            Seconds = $test.Duration.TotalSeconds
        }
    }

    # A BeforeAll or AfterAll that throws is a failure with a name of its own: all its tests may have passed.
    foreach ($block in Get-FailedBlock @($result.Containers | ForEach-Object Blocks)) {
        Write-Report @{ Name = (Get-Name $block) + ' (BeforeAll or AfterAll)'; File = $Path; Line = $block.StartLine; Result = 'Failed'; IsStandIn = $true
            Message = Get-Problem $block.ErrorRecord; StackTrace = Get-Trace $block.ErrorRecord }
    }

    # What belongs to the process is for the next file as it was for this one.
    $shell.Dispose()
    $runspace.Dispose()
    [Environment]::CurrentDirectory = $folder
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) { if (-not $variables.Contains($name)) { [Environment]::SetEnvironmentVariable($name, $null) } }
    foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
    $writer.WriteLine()
    $writer.Flush()
}
