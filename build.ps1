<#
.SYNOPSIS
    Builds, tests, documents, packs and installs PartnerCenterSR. Works in PowerShell 7 and Windows PowerShell 5.1.
.EXAMPLE
    ./build.ps1 Build
    Leaves the module in out/PartnerCenterSR.
.EXAMPLE
    ./build.ps1 Test
    Runs every test: dotnet test, then the Pester suite.
.EXAMPLE
    ./build.ps1 Install
    Builds, and copies the module into the user's module path.
#>
[CmdletBinding()]
param(
    # Build; Test (all); Pester (that suite alone); Docs (help from its markdown); Package (the nupkg); Install; Clean.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Docs', 'Package', 'Install', 'Clean')]
    [string] $Task = 'Build',

    # Where the Pester task writes its results, in NUnit's form.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$root = $PSScriptRoot
$module = [IO.Path]::Combine($root, 'out', 'PartnerCenterSR')
$project = [IO.Path]::Combine($root, 'src', 'PartnerCenterSR', 'PartnerCenterSR.csproj')

function Invoke-DotNet {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
        throw 'The .NET SDK is missing. Get version 10 from https://dotnet.microsoft.com/download, and open a new console.'
    }

    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed." }
}

function Assert-Module([string] $Name, [version] $Version) {
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -GE $Version)) {
        throw "The module $Name $Version is missing. Get it with: Install-Module $Name -MinimumVersion $Version -Scope CurrentUser"
    }
}

function Build { Invoke-DotNet build ([IO.Path]::Combine($root, 'PartnerCenterSR.slnx')) }

function Pester {
    Assert-Module Pester 5.3
    if (-not (Test-Path $module)) { Build }
    Import-Module Pester -MinimumVersion 5.3
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = [IO.Path]::Combine($root, 'tests', 'Pester')
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    if ($ResultPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'NUnitXml'
        $configuration.TestResult.OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultPath)
    }

    # The tests are a user's session, which is not as strict as this script.
    $ErrorActionPreference = 'Continue'
    Set-StrictMode -Off
    $result = Invoke-Pester -Configuration $configuration
    $ErrorActionPreference = 'Stop'
    if ($result.Result -ne 'Passed') { throw "Pester: $($result.FailedCount) tests failed." }
}

switch ($Task) {
    'Build' { Build }
    'Test' {
        Push-Location $root
        try { Invoke-DotNet test } finally { Pop-Location }
        Pester
    }
    'Pester' { Pester }
    'Docs' {
        Assert-Module platyPS 0.14.2
        Import-Module platyPS
        $help = [IO.Path]::Combine($root, 'docs', 'help', 'en-US')
        $null = New-ExternalHelp -Path ([IO.Path]::Combine($root, 'docs', 'en-US')) -OutputPath $help -Force
        $null = New-ExternalHelp -Path ([IO.Path]::Combine($root, 'docs', 'about')) -OutputPath $help -Force
        foreach ($file in Get-ChildItem $help -File) {
            # platyPS writes the line ends of Windows; the repository has those of the rest. Windows PowerShell needs the mark.
            [IO.File]::WriteAllText($file.FullName, [IO.File]::ReadAllText($file.FullName).Replace("`r`n", "`n"), [Text.UTF8Encoding]::new($true))
            $file
        }
    }
    'Package' {
        # Release, so that the same commit gives the same bytes whatever was built before.
        Invoke-DotNet pack $project --configuration Release --output ([IO.Path]::Combine($root, 'out'))
        Get-ChildItem ([IO.Path]::Combine($root, 'out', '*.nupkg'))
    }
    'Install' {
        Build
        $version = (Import-PowerShellDataFile ([IO.Path]::Combine($module, 'PartnerCenterSR.psd1'))).ModuleVersion
        $modules = ($env:PSModulePath -split [IO.Path]::PathSeparator)[0]
        $target = [IO.Path]::Combine($modules, 'PartnerCenterSR', $version)
        if (Test-Path $target) { Remove-Item $target -Recurse -Force }
        $null = New-Item $target -ItemType Directory -Force
        Copy-Item ([IO.Path]::Combine($module, '*')) $target -Recurse
        "PartnerCenterSR $version is in $target"
    }
    'Clean' {
        Get-ChildItem ([IO.Path]::Combine($root, 'src')), ([IO.Path]::Combine($root, 'tests')) -Directory -Recurse -Include bin, obj, TestResults |
            Remove-Item -Recurse -Force
        $out = [IO.Path]::Combine($root, 'out')
        if (Test-Path $out) { Remove-Item $out -Recurse -Force }
    }
}
