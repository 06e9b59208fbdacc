<#
.SYNOPSIS
    For a schedule: asks for news where Microsoft has waited for us for a week, sends the updates of a file that is there, and tells a
    Teams channel what has changed since the last run. See about_PartnerCenterSR_Runbooks.
.NOTES
    Exit codes: 0 all is done; 1 some updates failed, the next run tries again; 2 of some nobody knows whether they landed; 3 the run
    could not begin, or was ended.
    Needs Microsoft.PowerShell.SecretManagement, with the secrets partner-refresh-token, partner-application and teams-workflow.
#>
param(
    [string] $ApplicationId = '2f1c0b6e-8f0e-4c6c-9a58-1d5d7c0a4b11',
    [string] $Tenant = 'contoso.example',
    # A folder that outlives the machine: the journal, the state of the last run, and updates.csv if there is one.
    [string] $StateFolder = '.'
)

$ErrorActionPreference = 'Stop'
$failed = @()
$ended = $null
try {
    $signIn = @{
        RefreshToken                = Get-Secret -Name partner-refresh-token
        ApplicationId               = $ApplicationId
        ApplicationSecret           = Get-Secret -Name partner-application
        Tenant                      = $Tenant
        RotatedRefreshTokenVariable = 'next'
    }
    Connect-PartnerCenter @signIn | Out-Null
    Set-Secret -Name partner-refresh-token -Secret $next

    # Our own note changes a request: the next run does not find it for a week.
    $weekAgo = (Get-Date).AddDays(-7)
    Get-PartnerServiceRequest -Status AttentionNeeded -ModifiedBefore $weekAgo |
        Update-PartnerServiceRequest -Note 'Any news? We are waiting for your answer.' -Quiet -ErrorAction Continue -ErrorVariable +failed

    # The file and its journal stay together until all is done: a new journal on the old file would send everything again.
    $updates = Join-Path $StateFolder 'updates.csv'
    if (Test-Path $updates) {
        $journal = Join-Path $StateFolder 'updates.jsonl'
        Update-PartnerServiceRequest -Path $updates -JournalPath $journal -Quiet -ErrorAction Continue -ErrorVariable notUpdated
        $failed += $notUpdated
        if (-not $notUpdated) {
            $done = New-Item (Join-Path $StateFolder ('done-{0:yyyyMMddHHmmss}' -f (Get-Date))) -ItemType Directory
            Move-Item $updates, $journal $done
        }
    }

    $state = Join-Path $StateFolder 'last-run.json'
    $since = (Get-Date).AddDays(-1)
    if (Test-Path $state) { $since = [datetime](Get-Content $state -Raw | ConvertFrom-Json).Since }
    $begun = Get-Date
    $changed = @(Get-PartnerServiceRequest -ModifiedAfter $since)
    if ($changed) {
        $lines = $changed | ForEach-Object { '- {0} **{1}** {2}' -f $_.Id, $_.StatusText, $_.Title }
        $block = @{ type = 'TextBlock'; wrap = $true; text = "$($changed.Count) requests have changed:`n$($lines -join "`n")" }
        $card = @{ type = 'AdaptiveCard'; version = '1.4'; body = @($block) }
        $post = @{ type = 'message'; attachments = @(@{ contentType = 'application/vnd.microsoft.card.adaptive'; content = $card }) }
        $body = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $post -Depth 8))
        Invoke-RestMethod -Uri (Get-Secret -Name teams-workflow -AsPlainText) -Method Post -ContentType 'application/json' -Body $body | Out-Null
    }

    # Last, so that a run that fails is made up for by the next; five minutes are for clocks that differ.
    @{ Since = $begun.AddMinutes(-5).ToString('o') } | ConvertTo-Json | Set-Content $state
    Set-Secret -Name partner-refresh-token -Secret $next
    Disconnect-PartnerCenter
}
catch {
    $ended = $_
    [Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
}

$failed = @($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
$failed | Group-Object { ($_.FullyQualifiedErrorId -split ',')[0] } -NoElement
if ($failed | Where-Object FullyQualifiedErrorId -Like 'OutcomeUnknown,*') { exit 2 }
if ($ended) { exit 3 }
if ($failed) { exit 1 }
exit 0
