# Dot-sourced by the files that type what the topics and examples say: blocks of code, run in order in a shell of their own, with every
# statement watched. What goes to the host (What if) is part of the output.

# The blocks of PowerShell of a topic: Name (the heading above), Text.
function Get-TopicBlock([string]$Path) {
    $heading = ''
    $text = $null
    foreach ($line in [IO.File]::ReadAllLines($Path)) {
        if ($null -ne $text) {
            if ($line -eq '```') { [pscustomobject]@{ Name = $heading; Text = $text -join "`n" }; $text = $null } else { $text += $line }
        }
        elseif ($line -eq '```powershell') { $text = @() }
        elseif ($line -match '^##+ (.+)') { $heading = $Matches[1] }
    }
}

# Runs blocks one after another in one fresh shell. Gives for each: Name, Errors (that it wrote or ended with), Missed (statements that
# were not run), Output. -Before: a script that runs first.
function Invoke-Typed([object[]]$Block, [string]$Before = '', [hashtable]$Environment = @{}) {
    $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
    $null = New-Item -ItemType Directory -Path $folder
    for ($i = 0; $i -lt $Block.Count; $i++) { Set-Content -LiteralPath (Join-Path $folder ('{0:00}.ps1' -f $i)) -Value $Block[$i].Text -Encoding UTF8 }
    $watch = @'
$global:hits = New-Object 'Collections.Generic.HashSet[string]'
Set-Location -LiteralPath '{0}'
foreach ($file in Get-ChildItem -LiteralPath '{0}' -Filter '*.ps1' | Sort-Object Name) {{
    $ast = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
    $statements = @($ast.FindAll({{ param($node) ($node.Parent -is [Management.Automation.Language.StatementBlockAst] -or $node.Parent -is [Management.Automation.Language.NamedBlockAst]) -and
        ($node -is [Management.Automation.Language.PipelineAst] -or $node -is [Management.Automation.Language.AssignmentStatementAst]) }}, $true) | ForEach-Object {{ $_.Extent }})
    foreach ($extent in $statements) {{
        $place = '{{0}}:{{1}}' -f $extent.StartLineNumber, $extent.StartColumnNumber
        $null = Set-PSBreakpoint -Script $file.FullName -Line $extent.StartLineNumber -Column $extent.StartColumnNumber -Action ([scriptblock]::Create("`$null = `$global:hits.Add('$place')"))
    }}
    $global:hits.Clear()
    $Error.Clear()
    $ending = $null
    $output = @()
    try {{ . $file.FullName *>&1 | ForEach-Object {{ $output += $_ }} }} catch {{ $ending = $_ }}
    $written = @($output | Where-Object {{ $_ -is [Management.Automation.ErrorRecord] }}) + @($ending | Where-Object {{ $_ }})
    $missed = @($statements | Where-Object {{ -not $global:hits.Contains(('{{0}}:{{1}}' -f $_.StartLineNumber, $_.StartColumnNumber)) }} | ForEach-Object {{ $_.Text.Split("`n")[0] }})
    'RESULT ' + (ConvertTo-Json -Compress -Depth 3 @{{ File = $file.Name; Errors = @($written | ForEach-Object {{ "$($_.FullyQualifiedErrorId): $_" }}); Missed = $missed
        Output = @($output | Where-Object {{ $_ -isnot [Management.Automation.ErrorRecord] }} | Out-String -Stream -Width 200) }})
    Get-PSBreakpoint | Remove-PSBreakpoint
}}
'@ -f $folder.Replace("'", "''")
    $variables = @{ PSModulePath = (Split-Path (Split-Path $ManifestPath)) + [IO.Path]::PathSeparator + $env:PSModulePath }
    foreach ($name in $Environment.Keys) { $variables[$name] = $Environment[$name] }
    $lines = Invoke-Fresh ($Before + "`n" + $watch) -Environment $variables
    $told = @()
    $results = @(foreach ($line in $lines) {
        if ($line -notmatch '^RESULT ') { $told += $line; continue }
        ConvertFrom-Json ($line -replace '^RESULT ') | Add-Member Told $told -PassThru
        $told = @()
    })
    if ($results.Count -ne $Block.Count) { throw "$($results.Count) of $($Block.Count) blocks ran: $($lines -join "`n")" }
    for ($i = 0; $i -lt $Block.Count; $i++) {
        [pscustomobject]@{ Name = $Block[$i].Name; Folder = $folder; Errors = @($results[$i].Errors); Missed = @($results[$i].Missed); Output = @(@($results[$i].Told) + @($results[$i].Output) | ForEach-Object { $_ -replace ([char]27 + '\[[0-9;]*m') }) }
    }
}
