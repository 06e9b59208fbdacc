<#
.SYNOPSIS
    Makes the text of an about topic, as Get-Help shows it, from its markdown. PlatyPS 1.x makes the pages of cmdlets only.
.OUTPUTS
    The text, with the line ends of the repository.
#>
param(
    # The markdown file. Its name is that of the topic.
    [Parameter(Mandatory)]
    [string] $Path
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$width = 80

# A paragraph or list item, broken at blanks.
function Format-Paragraph([string] $Text, [int] $Indent, [int] $Hanging) {
    $line = ' ' * $Indent
    $isEmpty = $true
    foreach ($word in $Text -split '\s+' | Where-Object { $_ }) {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = ' ' * ($Indent + $Hanging)
            $isEmpty = $true
        }

        $line += $(if ($isEmpty) { $word } else { " $word" })
        $isEmpty = $false
    }

    $line
}

$source = [IO.File]::ReadAllText((Resolve-Path -LiteralPath $Path).ProviderPath).Replace("`r", '')
$lines = [Collections.Generic.List[string]]::new()
$lines.Add('TOPIC')
$lines.Add('    ' + [IO.Path]::GetFileNameWithoutExtension($Path))
$paragraph = ''
$isCode = $false
foreach ($text in $source -split "`n" | Select-Object -Skip 2) {
    $isMark = $text -match '^```'
    $isItem = -not $isCode -and $text -match '^\s*(-|\d+\.) '
    if ($paragraph -and ($isMark -or $isItem -or $isCode -or $text -match '^(#|\||\s*$)')) {
        $hanging = if ($paragraph -match '^((?:-|\d+\.) )') { $Matches[1].Length } else { 0 }
        $lines.AddRange([string[]]@(Format-Paragraph $paragraph 4 $hanging))
        $paragraph = ''
    }

    if ($isMark) { $isCode = -not $isCode }
    elseif ($isCode) { $lines.Add(("        $text").TrimEnd()) }
    elseif ($text -match '^# (.*)') { $lines.Add($Matches[1].ToUpperInvariant()) }
    elseif ($text -match '^##+ (.*)') { $lines.Add('  ' + $Matches[1]) }
    elseif ($text -match '^\|') { $lines.Add("    $text") }
    elseif ($text -match '^\s*$') { if ($lines[$lines.Count - 1]) { $lines.Add('') } }
    else { $paragraph += $(if ($paragraph) { ' ' }) + $text.Trim() }
}

if ($paragraph) { $lines.AddRange([string[]]@(Format-Paragraph $paragraph 4 0)) }
($lines -join "`n").TrimEnd() + "`n"
