# Dot-sourced by the files whose tests sign in: a service, a sign-in service that it trusts, and shells that trust both.

$application = '66666666-7777-8888-9999-000000000000'
$robots = @{ CI = ''; GITLAB_CI = ''; GITHUB_ACTIONS = ''; TF_BUILD = ''; AZUREPS_HOST_ENVIRONMENT = ''; AUTOMATION_ASSET_ACCOUNTID = '' }
function Start-Both([hashtable]$Server = @{}, [hashtable]$SignIn = @{}) {
    $script:api = Start-TestServer @Server
    $script:signIn = Start-TestSignIn -Server $script:api @SignIn
    $script:trust = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
    Set-Content -LiteralPath $script:trust -Value $script:signIn.pem
}

# Runs a script that finds the command to sign in as Connect, in a shell that trusts the sign-in service.
function Invoke-SignIn([string]$Script, [hashtable]$Environment = @{}, [string[]]$Switch) {
    $head = "
        `$ErrorActionPreference = 'Stop'
        function Connect { Connect-PartnerCenter -Endpoint $($script:api.endpoint) -Authority $($script:signIn.authority) -Tenant contoso.example -MaximumRetryCount 2 @args }
        "
    $variables = $robots.Clone()
    $variables.SSL_CERT_FILE = $script:trust
    foreach ($name in $Environment.Keys) { $variables[$name] = $Environment[$name] }
    Invoke-Fresh ($head + $Script) -Attended -Switch $Switch -Environment $variables
}

# Programs that stand where the system's browser would be started from.
function New-Browser([string]$Does) {
    $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
    $null = New-Item -ItemType Directory -Path $folder
    foreach ($name in 'xdg-open', 'gnome-open', 'kfmclient', 'microsoft-edge', 'wslview') {
        $path = Join-Path $folder $name
        [IO.File]::WriteAllText($path, "#!/bin/sh`n$Does &`n")
        chmod +x $path
    }
    @{ PATH = $folder + [IO.Path]::PathSeparator + $env:PATH; DISPLAY = ':99' }
}
