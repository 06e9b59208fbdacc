@{
    # Here stands what the module is; the module that can be imported is in out/PartnerCenterSR, after "dotnet build".
    RootModule             = 'build/NotBuilt.psm1'
    FormatsToProcess       = @('src/PartnerCenterSR/PartnerCenterSR.Format.ps1xml')
    ModuleVersion          = '0.1.0'
    GUID                   = '8f0c2f0e-6f3b-4b52-9a57-4f6c8f2f1d6b'
    Author                 = 'PartnerCenterSR maintainers'
    CompanyName            = 'PartnerCenterSR'
    Copyright              = '(c) PartnerCenterSR maintainers. MIT licence.'
    Description            = 'Service requests (support tickets) of Microsoft Partner Center: list them, add notes, change their state, one by one or by the thousand from a CSV file, each change exactly once.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-PartnerCenter'
        'Disconnect-PartnerCenter'
        'Get-PartnerContext'
        'Get-PartnerServiceRequest'
        'Get-PartnerServiceRequestJournal'
        'Update-PartnerServiceRequest'
    )
    VariablesToExport      = @()
    AliasesToExport        = @('Set-PartnerServiceRequest')
    PrivateData            = @{
        PSData = @{
            Tags         = @('PartnerCenter', 'CSP', 'ServiceRequest', 'SupportTicket', 'Microsoft365', 'Partner', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/PartnerCenterSR/PartnerCenterSR'
            LicenseUri   = 'https://github.com/PartnerCenterSR/PartnerCenterSR/blob/main/LICENSE'
            ReleaseNotes = 'https://github.com/PartnerCenterSR/PartnerCenterSR/blob/main/CHANGELOG.md'
        }
    }
}
