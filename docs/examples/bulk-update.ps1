# A bulk update from a CSV file, on the emulator: nothing leaves this machine.
# After a build it runs as it is in PowerShell 7, and in Windows PowerShell 5.1.
$ErrorActionPreference = 'Continue'
Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'PartnerCenterSR'))

'== Connect to the emulator'
Connect-PartnerCenter -Emulator | Out-Default

'== Some open requests'
Get-PartnerServiceRequest -Status Open -First 6 | Out-Default

'== A file with mistakes is refused whole, before anything is sent'
try {
    Update-PartnerServiceRequest -Path ([IO.Path]::Combine($PSScriptRoot, 'updates-with-mistakes.csv'))
}
catch {
    $_.Exception.Message
}

'== What the good file would do'
$csv = [IO.Path]::Combine($PSScriptRoot, 'updates.csv')
Update-PartnerServiceRequest -Path $csv -WhatIf

'== Do it'
Update-PartnerServiceRequest -Path $csv -ThrottleLimit 8 -ErrorAction SilentlyContinue -ErrorVariable refused -OutVariable updated | Out-Default
'{0} updated, {1} refused' -f $updated.Count, $refused.Count

'== What was refused, and why'
$refused | ForEach-Object { '{0}: {1}' -f $_.FullyQualifiedErrorId, $_ }

Disconnect-PartnerCenter
if ($updated.Count -ne 60 -or $refused.Count -ne 1) { throw 'The example did not do what it says.' }
