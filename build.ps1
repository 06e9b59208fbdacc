<#
.SYNOPSIS
    Builds, tests, documents, packs and installs PartnerCenterSR. Works in PowerShell 7 and Windows PowerShell 5.1.
.EXAMPLE
    ./build.ps1 Build
    Leaves the module in out/PartnerCenterSR.
.EXAMPLE
    ./build.ps1 Test
    Runs every test.
.EXAMPLE
    ./build.ps1 Install
    Builds, and copies the module into the user's module path.
#>
[CmdletBinding()]
param(
    # Build; Test; Docs (help from its markdown, with Microsoft.PowerShell.PlatyPS); Sbom (build/sbom.cdx.json, with CycloneDX); Package
    # (the nupkg); Mutate (what the tests are worth, with Stryker.NET; docs/testing.md); Soak (simulation, storms, fuzzing and kills, and one
    # page about them); Compare (the speed of two commits); Install; Clean.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Docs', 'Sbom', 'Package', 'Mutate', 'Soak', 'Compare', 'Install', 'Clean')]
    [string] $Task = 'Build',

    # For Mutate: the folders of Core. Left out: all, one after another.
    [string[]] $Folder = @('Updates', 'Journal', 'Http', 'Csv', 'Json', 'Service', 'Authentication', '.'),

    # For Soak: how long.
    [int] $Minutes = 10,

    # For Compare: the two commits.
    [string] $Before = 'HEAD~1',
    [string] $After = 'HEAD',

    # For Package: the thumbprint of a code-signing certificate of the user's. Left out: the package is not signed.
    [string] $SigningThumbprint
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

function Build { Invoke-DotNet build ([IO.Path]::Combine($root, 'PartnerCenterSR.slnx')) }

switch ($Task) {
    'Build' { Build }
    'Test' { Invoke-DotNet test ([IO.Path]::Combine($root, 'PartnerCenterSR.slnx')) }
    'Docs' { & ([IO.Path]::Combine($root, 'build', 'New-Help.ps1')) -Root $root }
    'Sbom' {
        Invoke-DotNet tool restore
        $version = (Import-PowerShellDataFile ([IO.Path]::Combine($root, 'PartnerCenterSR.psd1'))).ModuleVersion

        # What is only compiled against is in no package.
        $left = 'PolySharp,Microsoft.CSharp,Microsoft.NETFramework.ReferenceAssemblies,Microsoft.NETFramework.ReferenceAssemblies.net472,NETStandard.Library,Microsoft.NETCore.Platforms'
        $core = [IO.Path]::Combine($root, 'src', 'PartnerCenterSR.Core', 'PartnerCenterSR.Core.csproj')
        $build = [IO.Path]::Combine($root, 'build')
        Invoke-DotNet tool run dotnet-CycloneDX $core --output $build --filename sbom.cdx.json --output-format Json --no-serial-number --set-name PartnerCenterSR --set-version $version --set-type Library --exclude-filter $left
    }
    'Mutate' { & ([IO.Path]::Combine($root, 'build', 'Measure-Mutation.ps1')) -Root $root -Folder $Folder }
    'Soak' {
        Build
        & ([IO.Path]::Combine($root, 'build', 'Start-Soak.ps1')) -Root $root -Minutes $Minutes
    }
    'Compare' { & ([IO.Path]::Combine($root, 'build', 'Compare-Commits.ps1')) -Root $root -Before $Before -After $After }
    'Package' {
        if ($SigningThumbprint) {
            Build
            $certificate = Get-Item "Cert:\CurrentUser\My\$SigningThumbprint"
            $stamper = 'http://timestamp.digicert.com'
            foreach ($file in Get-ChildItem $module -Recurse -Include PartnerCenterSR*.dll, *.ps1xml, *.psd1) {
                $signed = Set-AuthenticodeSignature -FilePath $file.FullName -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer $stamper
                if ($signed.Status -ne 'Valid') { throw "$($file.Name) could not be signed: $($signed.StatusMessage)" }
            }

            Invoke-DotNet pack $project --no-build --output ([IO.Path]::Combine($root, 'out'))
            foreach ($package in Get-ChildItem ([IO.Path]::Combine($root, 'out', '*.nupkg'))) {
                Invoke-DotNet nuget sign $package.FullName --certificate-fingerprint $certificate.GetCertHashString('SHA256') --timestamper $stamper
                $package
            }

            return
        }

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
