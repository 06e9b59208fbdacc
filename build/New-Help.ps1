<#
.SYNOPSIS
    Makes docs/help from docs/en-US (the cmdlets, by Microsoft.PowerShell.PlatyPS 1.x) and docs/about (the topics).
#>
param([Parameter(Mandatory)] [string] $Root)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
$folder = [IO.Path]::Combine($Root, 'docs', 'help', 'en-US')
$pages = Get-ChildItem -LiteralPath ([IO.Path]::Combine($Root, 'docs', 'en-US')) -Filter *.md | Sort-Object Name
$topics = Get-ChildItem -LiteralPath ([IO.Path]::Combine($Root, 'docs', 'about')) -Filter *.md | Sort-Object Name

# Windows PowerShell needs the mark to read it as UTF-8.
function Write-Text([string] $Path, [string] $Text) { [IO.File]::WriteAllText($Path, $Text.Replace("`r`n", "`n"), [Text.UTF8Encoding]::new($true)) }

$temporary = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$help = Import-MarkdownCommandHelp -Path $pages.FullName
$made = $help | Export-MamlCommandHelp -OutputFolder $temporary -Force
$xml = New-Object Xml.XmlDocument
$xml.Load($made.FullName)
Remove-Item -LiteralPath $temporary -Recurse
$names = New-Object Xml.XmlNamespaceManager $xml.NameTable
$maml = 'http://schemas.microsoft.com/maml/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$names.AddNamespace('maml', $maml)
$names.AddNamespace('dev', $dev)
$names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')

function Set-Paragraph($Parent, [string] $Text) {
    $Parent.RemoveAll()
    foreach ($part in $Text.Trim() -split '\n\n+|\n(?=- )') {
        $paragraph = $xml.CreateElement('maml', 'para', $maml)
        $paragraph.InnerText = $part.Trim()
        $null = $Parent.AppendChild($paragraph)
    }
}

# What PlatyPS 1.0 leaves out: the code of examples apart from their text, default values, aliases in the syntax, paragraphs.
foreach ($command in $xml.SelectNodes('//command:command', $names)) {
    $name = $command.SelectSingleNode('command:details/command:name', $names).InnerText
    $page = $help | Where-Object Title -EQ $name
    Set-Paragraph $command.SelectSingleNode('maml:description', $names) $page.Description
    $notes = $command.SelectSingleNode('maml:alertSet/maml:alert', $names)
    if ($notes) { Set-Paragraph $notes $page.Notes }
    $number = 0
    foreach ($example in $command.SelectNodes('command:examples/command:example', $names)) {
        $written = $page.Examples[$number++]
        if ($written.Remarks -notmatch '(?s)^```\w*\n(?<code>.*?)\n```\s*(?<rest>.*)$') { throw "$name, $($written.Title): the code must come first." }
        $code, $rest = $Matches.code, $Matches.rest
        $null = $example.RemoveChild($example.SelectSingleNode('maml:introduction', $names))
        $example.SelectSingleNode('dev:code', $names).InnerText = $code
        Set-Paragraph $example.SelectSingleNode('dev:remarks', $names) $rest
    }

    foreach ($parameter in $page.Parameters) {
        foreach ($node in $command.SelectNodes(".//command:parameter[maml:name='$($parameter.Name)']", $names)) {
            if (-not $node.SelectSingleNode('dev:defaultValue', $names)) {
                $default = $xml.CreateElement('dev', 'defaultValue', $dev)
                $default.InnerText = $parameter.DefaultValue
                $null = $node.AppendChild($default)
            }

            if ($parameter.Aliases) { $node.SetAttribute('aliases', $parameter.Aliases -join ', ') }
        }
    }

    # A link to another page of the help is no address.
    foreach ($link in $command.SelectNodes('command:relatedLinks/maml:navigationLink/maml:uri', $names)) {
        if ($link.InnerText -notmatch '^https?://') { $link.InnerText = '' }
    }
}

$text = New-Object IO.StringWriter
$settings = New-Object Xml.XmlWriterSettings -Property @{ Indent = $true; NewLineChars = "`n"; OmitXmlDeclaration = $true }
$writer = [Xml.XmlWriter]::Create($text, $settings)
$xml.Save($writer)
$writer.Dispose()
Write-Text (Join-Path $folder 'PartnerCenterSR.dll-Help.xml') ("<?xml version=`"1.0`" encoding=`"utf-8`"?>`n" + $text.ToString() + "`n")
foreach ($topic in $topics) {
    Write-Text (Join-Path $folder "$($topic.BaseName).help.txt") (& ([IO.Path]::Combine($PSScriptRoot, 'ConvertTo-AboutTopic.ps1')) -Path $topic.FullName)
}

# What it was made of, so that a test can tell when it is older than its source.
$sources = foreach ($file in $pages) {
    $bytes = [Text.Encoding]::UTF8.GetBytes([IO.File]::ReadAllText($file.FullName).Replace("`r", ''))
    '{0}  {1}' -f [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '').ToLowerInvariant(), $file.Name
}
[IO.File]::WriteAllText([IO.Path]::Combine($Root, 'docs', 'help', 'sources.sha256'), ($sources -join "`n") + "`n")
Get-ChildItem -LiteralPath $folder
