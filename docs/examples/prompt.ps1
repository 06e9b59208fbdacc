# A morning at the prompt, on the emulator: nothing leaves this machine. After a build it runs as it is; or type it line by line.
Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'PartnerCenterSR'))
Connect-PartnerCenter -Emulator

# What waits for us, the oldest first.
$waiting = Get-PartnerServiceRequest -Status AttentionNeeded | Sort-Object SinceLastUpdate -Descending
$waiting

# What was said last on the first of them?
$first = $waiting | Select-Object -First 1 | Get-PartnerServiceRequest
$first | Format-List
$first.LastNote.Text

# Answer it; rehearse, then do it.
$first | Update-PartnerServiceRequest -Note 'The helpdesk can sign in again. Thank you.' -Status Closed -WhatIf
$first | Update-PartnerServiceRequest -Note 'The helpdesk can sign in again. Thank you.' -Status Closed

# Ask the same of all the others, each by its customer's name.
$others = $waiting | Select-Object -Skip 1
$others | Update-PartnerServiceRequest -Note { "Is $($_.Organization) working again?" }

# Whose are the most?
Get-PartnerServiceRequest | Group-Object Organization -NoElement | Sort-Object Count -Descending

# A typing error is told, and nothing is sent.
Update-PartnerServiceRequest '6.16122E+14' -Note 'lost' -ErrorAction SilentlyContinue -ErrorVariable mistaken
"$mistaken"

Disconnect-PartnerCenter
